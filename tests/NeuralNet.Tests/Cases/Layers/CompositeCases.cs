namespace NeuralNet.Tests;

/// <summary>Layers of layers.</summary>
internal static class CompositeCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("Sequential", Sequential<double>, Sequential<float>, Input: 5)
        {
            HasWidth = true,
            Extremes = [([double.NaN, 0, 0, 0, 0], [double.NaN, double.NaN, double.NaN])],
        },
        new("Sequential nested", SequentialNested<double>, SequentialNested<float>, Input: 4) { HasWidth = true },
        new("Sequential without layers", () => new Sequential<double>(), () => new Sequential<float>(), Input: 5, Reference: x => x) { HasWidth = true, PassesThrough = true },
        new("Sequential of Identity", () => new Sequential<double>(new Identity<double>(), new Identity<double>()), () => new Sequential<float>(new Identity<float>(), new Identity<float>()), Input: 5, Reference: x => x)
        {
            HasWidth = true,
            PassesThrough = true,
        },
        new("Residual", Residual<double>, Residual<float>, Input: 5) { HasWidth = true },
        new("Residual of Identity", () => new Residual<double>(new Identity<double>()), () => new Residual<float>(new Identity<float>()), Input: 5, Reference: x => 2 * x)
        {
            HasWidth = true,
            Extremes = [([double.NaN, double.PositiveInfinity, double.NegativeInfinity, LayerCases.Huge, 0], [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2 * LayerCases.Huge, 0])],
        },
        new("Residual with projection", ResidualWithProjection<double>, ResidualWithProjection<float>, Input: 5) { HasWidth = true },
        new("Residual with Identity on both ways", () => new Residual<double>(new Identity<double>(), new Sequential<double>()), () => new Residual<float>(new Identity<float>(), new Sequential<float>()), Input: 5, Reference: x => 2 * x)
        {
            HasWidth = true,
        },
        new("Residual of an image", ResidualOfImage<double>, ResidualOfImage<float>, Input: new Shape(2, 3, 3)) { HasWidth = true },
        new("Residual nested", ResidualNested<double>, ResidualNested<float>, Input: 4) { HasWidth = true },
        new("Concat", Concat<double>, Concat<float>, Input: 5) { HasWidth = true },
        new("Concat of one", () => new Concat<double>(new Affine<double>(3)), () => new Concat<float>(new Affine<float>(3)), Input: 5) { HasWidth = true },
        new("Concat with the input", ConcatWithInput<double>, ConcatWithInput<float>, Input: 3) { HasWidth = true },
        new("Concat of images", ConcatOfImages<double>, ConcatOfImages<float>, Input: new Shape(2, 3, 2)) { HasWidth = true },
        new("Concat nested", ConcatNested<double>, ConcatNested<float>, Input: 3) { HasWidth = true },
    ];

    private static Sequential<T> Sequential<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Affine<T>(4), new Tanh<T>(), new Affine<T>(3));

    private static Sequential<T> SequentialNested<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Tanh<T>(), new Sequential<T>(new Affine<T>(3), new Sequential<T>(new Sigmoid<T>())), new Identity<T>());

    private static Residual<T> Residual<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Sequential<T>(new Affine<T>(4), new Tanh<T>(), new Affine<T>(5)));

    private static Residual<T> ResidualWithProjection<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Sequential<T>(new Affine<T>(4), new Tanh<T>()), new Affine<T>(4, bias: false));

    private static Residual<T> ResidualOfImage<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Sequential<T>(new Tanh<T>(), new Identity<T>()));

    private static Residual<T> ResidualNested<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(new Sequential<T>(new Residual<T>(new Affine<T>(4)), new Sigmoid<T>(), new Concat<T>(new Affine<T>(1), new Affine<T>(3))));

    private static Concat<T> Concat<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Affine<T>(3), new Sequential<T>(new Affine<T>(4), new Tanh<T>()));

    private static Concat<T> ConcatWithInput<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Sequential<T>(), new Affine<T>(4), new Identity<T>());

    private static Concat<T> ConcatOfImages<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Identity<T>(), new Sequential<T>(new Tanh<T>()), new Sigmoid<T>());

    private static Concat<T> ConcatNested<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Concat<T>(new Tanh<T>(), new Affine<T>(2)), new Residual<T>(new Affine<T>(3)));
}
