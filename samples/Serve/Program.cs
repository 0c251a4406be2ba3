using System.Net.Sockets;
using NeuralNet.Samples.Serve;

const int Success = 0, BadInput = 2;

if (!CommandLine.TryRead(args, out Settings? settings, out int exitCode))
    return exitCode;

WebApplication app;
try
{
    var model = ServedModel.Load(settings.Model, settings.SoftmaxHead);
    app = Server.Create(settings, model);
    await app.StartAsync();
    Console.WriteLine($"Serves {model.Name} at {string.Join(" and ", app.Urls)}; Ctrl-C stops it.");
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or InvalidOperationException or SocketException)
{
    // A file that is no network or one of unknown layers, a head that does not fit it, an address that is taken, forbidden or none of this machine's.
    Console.Error.WriteLine(e.Message.ReplaceLineEndings(" "));
    return BadInput;
}

await using (app)
    await app.WaitForShutdownAsync();
return Success;
