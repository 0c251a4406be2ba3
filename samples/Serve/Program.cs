using NeuralNet.Samples.Serve;

const int Success = 0, BadInput = 2;

if (!CommandLine.TryRead(args, out Settings? settings, out int exitCode))
    return exitCode;

try
{
    var model = ServedModel.Load(settings.Model);
    await using WebApplication app = Server.Create(settings, model);
    await app.StartAsync();
    Console.WriteLine($"Serves {model.Name} at {string.Join(" and ", app.Urls)}; Ctrl-C stops it.");
    await app.WaitForShutdownAsync();
    return Success;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
{
    // A file that is no network, an address that is taken or none.
    Console.Error.WriteLine(e.Message.ReplaceLineEndings(" "));
    return BadInput;
}
