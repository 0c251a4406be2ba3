using System.Text;
using NeuralNet.Samples.FromScratch;
using NeuralNet.Samples.FromScratch.Chapters;

IChapter[] chapters = [new Forward(), new NumericalGradients(), new ChainRule(), new TwoTwoTwo(), new Regression(), new TwoLayer(), new Xor(), new Diagnose()];
string names = string.Join(", ", chapters.Select(chapter => chapter.Name));

Console.OutputEncoding = Encoding.UTF8;
if (args.Contains("--help"))
{
    PrintHelp();
    return 0;
}

try
{
    Options options = Options.Parse(args);
    IChapter[] chosen = options.Chapter is null ? chapters : [.. chapters.Where(chapter => chapter.Name == options.Chapter)];
    if (chosen.Length == 0)
        throw new UsageException($"There is no chapter '{options.Chapter}'.");

    var figures = new Figures(Console.Out);
    foreach (IChapter chapter in chosen)
    {
        figures.Chapter(chapter);
        chapter.Run(figures, options);
    }

    Console.WriteLine();
    Console.WriteLine(figures.Summary);
    return figures.Differing == 0 ? 0 : 1;
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"{exception.Message} The chapters are {names}; the options are --data DIR, --out DIR and --help.");
    return 2;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

void PrintHelp()
{
    Console.WriteLine(
        """
        The tutorials' examples, worked by the library, each figure beside the expected one.

        usage: dotnet run -c Release --project samples/FromScratch -- [CHAPTER] [--data DIR] [--out DIR]

        Without a chapter all of them run, in this order:
        """);
    foreach (IChapter chapter in chapters)
        Console.WriteLine($"  {chapter.Name,-20}{chapter.Title}");
    Console.WriteLine(
        """

          --data DIR          the directory of MNIST's four files, plain or gzip; two-layer is skipped without it
          --out DIR           where pictures are written; out by default
          --help              this text

        The exit code is 0 if every figure is as expected, 1 if one differs, 2 if the command line or a file is at fault.
        """);
}
