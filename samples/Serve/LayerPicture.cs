namespace NeuralNet.Samples.Serve;

/// <summary>What a layer gave for a sample, small enough to be drawn at once.</summary>
/// <param name="Path">The layer's place.</param>
/// <param name="Layer">The layer in one line.</param>
/// <param name="Shape">The shape of its output.</param>
/// <param name="Largest">The largest of its numbers by magnitude.</param>
/// <param name="Height">The height of a map, at most <see cref="MostHeight"/>.</param>
/// <param name="Width">The width of a map.</param>
/// <param name="Maps">The first channels of an image, or a vector as one map of height 1: rows one after another, in percent of <paramref name="Largest"/>, each cell the strongest of the numbers that fall into it.</param>
internal sealed record LayerPicture(string Path, string Layer, int[] Shape, float Largest, int Height, int Width, IReadOnlyList<sbyte[]> Maps)
{
    private const int MostMaps = 16, MostHeight = 28, MostWidth = 28, MostCells = 128;

    public static LayerPicture Of(LayerActivation<float> activation)
    {
        // An image is channels, height, width; whatever else there is, is drawn as the vector that it is in memory.
        Shape shape = activation.Shape;
        bool isImage = shape.Rank == 3 && shape.Size > shape[0];
        (int maps, int height, int width) = isImage ? (shape[0], shape[1], shape[2]) : (1, 1, shape.Size);
        (int shownHeight, int shownWidth) = (Math.Min(height, MostHeight), Math.Min(width, isImage ? MostWidth : MostCells));

        float largest = activation.Values.Where(float.IsFinite).Select(float.Abs).DefaultIfEmpty().Max();
        var shown = new List<sbyte[]>();
        for (int map = 0; map < Math.Min(maps, MostMaps); map++)
        {
            var strongest = new float[shownHeight * shownWidth];
            for (int i = 0; i < height * width; i++)
            {
                float value = activation.Values[(map * height * width) + i];
                (long row, long column) = Math.DivRem(i, width);
                ref float cell = ref strongest[(row * shownHeight / height * shownWidth) + (column * shownWidth / width)];
                cell = float.MaxMagnitudeNumber(cell, value);
            }

            shown.Add([.. strongest.Select(value => Percent(value, largest))]);
        }

        return new LayerPicture(activation.Path, activation.Layer, shape.Dimensions.ToArray(), largest, shownHeight, shownWidth, shown);
    }

    private static sbyte Percent(float value, float largest) => largest == 0 ? (sbyte)0 : (sbyte)MathF.Round(Math.Clamp(value / largest, -1, 1) * 100);
}
