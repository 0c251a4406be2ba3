using System.Text;
using NeuralNet;
using NeuralNet.Samples.Tabular;

Console.OutputEncoding = Encoding.UTF8;
if (!CommandLine.TryRead(args, out Settings? settings, out int exitCode))
    return exitCode;

var results = new List<(Problem, IReadOnlyList<Outcome>)>();
foreach (Problem problem in settings.Problems)
{
    TabularData<float> data = problem.Load();
    Report.PrintHeader(problem, data, settings);
    var outcomes = new List<Outcome>();
    foreach (Outcome outcome in CrossValidation.Run(problem, data.Dataset, settings))
    {
        Report.Print(outcome);
        outcomes.Add(outcome);
    }

    Console.WriteLine();
    results.Add((problem, outcomes));
}

if (settings.Json)
    Console.WriteLine(Report.Json(settings, results));
return 0;
