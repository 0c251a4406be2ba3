namespace NeuralNet;

/// <summary>Colours that remain distinct for colour-blind readers (Okabe and Ito 2008, without the yellow that white paper swallows).</summary>
internal static class Palette
{
    public const string Paper = "white", Ink = "#222222", Muted = "#555555", Frame = "#B0B0B0", Grid = "#E8E8E8";

    /// <summary>Colours of areas, deep enough that white text is readable on them; laid over the paper more or less densely.</summary>
    public const string Agreement = "#005C99", Difference = "#B84F00", OnArea = "#FFFFFF";

    /// <summary>The same for a dark page.</summary>
    public const string DarkPaper = "#1C1F24", DarkInk = "#E8EAED", DarkMuted = "#A4ABB5", DarkGrid = "#30353C";

    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
    private static readonly string[] ColorsOnDark = ["#4BA3E3", "#FF8A3D", "#2CC79B", "#E59AC6", "#F0B432", "#A5DCFA", "#FFFFFF"];
    private static readonly string[] Dashes = ["", "7 4", "2 3", "9 3 2 3"];

    public static string Color(int index) => Colors[index % Colors.Length];

    /// <summary>Colour and width of the line of a series; once all colours are used, they return dashed.</summary>
    public static string Stroke(int index)
    {
        string dash = Dashes[index / Colors.Length % Dashes.Length];
        string style = $"stroke='{Color(index)}' stroke-width='2'";
        return dash.Length == 0 ? style : $"{style} stroke-dasharray='{dash}'";
    }

    /// <summary>The style rules that turn charts within an element to light ink on dark paper; they win over the attributes that charts are drawn with.</summary>
    public static string DarkRules(string within)
    {
        (string Light, string Dark)[] pairs =
        [
            (Paper, DarkPaper), (Ink, DarkInk), (Muted, DarkMuted), (Frame, "#5A6068"), (Grid, DarkGrid), .. Colors.Zip(ColorsOnDark),
        ];
        IEnumerable<string> rules = pairs.Select(pair =>
            $"{within} [fill=\"{pair.Light}\"]{{fill:{pair.Dark}}}\n{within} [stroke=\"{pair.Light}\"]{{stroke:{pair.Dark}}}\n");

        // Contour lines have the colours of a ramp: the same hue, the lightness reversed.
        return string.Concat(rules) + $"{within} .contour,{within} .level{{filter:invert(1) hue-rotate(180deg)}}\n";
    }

    /// <summary>From dark blue at 0 to pale blue at 1: an order that survives grey printing.</summary>
    public static string Ramp(double share)
    {
        ReadOnlySpan<int> dark = [8, 48, 107], pale = [158, 202, 225];
        Span<int> mixed = stackalloc int[3];
        for (int i = 0; i < 3; i++)
            mixed[i] = (int)Math.Round(dark[i] + (share * (pale[i] - dark[i])));
        return $"#{mixed[0]:X2}{mixed[1]:X2}{mixed[2]:X2}";
    }
}
