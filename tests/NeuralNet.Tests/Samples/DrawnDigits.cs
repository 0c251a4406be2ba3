namespace NeuralNet.Tests.Samples;

/// <summary>Digits as a person draws them: strokes of points on paper of size 1 x 1, y downwards.</summary>
internal static class DrawnDigits
{
    public static IReadOnlyDictionary<string, (double X, double Y)[][]> All { get; } = new Dictionary<string, (double X, double Y)[][]>
    {
        ["0"] = [Arc(0.5, 0.5, 0.22, 0.34, -90, 270)],
        ["1"] = [[(0.40, 0.30), (0.53, 0.16), (0.53, 0.84)]],
        ["2"] = [[.. Arc(0.5, 0.34, 0.20, 0.18, -170, 40), (0.30, 0.82), (0.74, 0.82)]],
        ["3"] = [[.. Arc(0.47, 0.33, 0.20, 0.17, -150, 90), .. Arc(0.47, 0.67, 0.23, 0.18, -90, 150)]],
        ["4"] = [[(0.52, 0.14), (0.27, 0.58), (0.76, 0.58)], [(0.62, 0.36), (0.62, 0.88)]],
        ["5"] = [[(0.72, 0.16), (0.36, 0.16), (0.33, 0.46), .. Arc(0.48, 0.63, 0.22, 0.21, -110, 140)]],
        ["6"] = [[(0.62, 0.14), (0.42, 0.34), (0.32, 0.60), .. Arc(0.5, 0.67, 0.18, 0.19, 180, -180)]],
        ["7"] = [[(0.27, 0.17), (0.74, 0.17), (0.44, 0.86)]],
    };

    // From one angle to another in degrees, 0 to the right, 90 downwards.
    private static (double X, double Y)[] Arc(double x, double y, double radiusX, double radiusY, double from, double to)
    {
        const int Steps = 16;
        return [.. Enumerable.Range(0, Steps + 1).Select(i => double.DegreesToRadians(from + ((to - from) * i / Steps))).Select(angle => (x + (radiusX * Math.Cos(angle)), y + (radiusY * Math.Sin(angle))))];
    }
}
