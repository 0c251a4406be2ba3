namespace NeuralNet;

/// <summary>Colours that remain distinct for colour-blind readers (Okabe and Ito 2008, without the yellow that white paper swallows).</summary>
internal static class Palette
{
    public const string Ink = "#222222", Muted = "#555555", Frame = "#B0B0B0", Grid = "#E8E8E8";

    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
    private static readonly string[] Dashes = ["", "7 4", "2 3", "9 3 2 3"];

    public static string Color(int index) => Colors[index % Colors.Length];

    /// <summary>Colour and width of the line of a series; once all colours are used, they return dashed.</summary>
    public static string Stroke(int index)
    {
        string dash = Dashes[index / Colors.Length % Dashes.Length];
        string style = $"stroke='{Color(index)}' stroke-width='2'";
        return dash.Length == 0 ? style : $"{style} stroke-dasharray='{dash}'";
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
