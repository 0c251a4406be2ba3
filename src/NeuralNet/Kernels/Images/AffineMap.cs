namespace NeuralNet.Kernels;

/// <summary>Where in the image a pixel of the result comes from: with (x, y) counted from the centre, x right and y down, <c>(XX·x + XY·y, YX·x + YY·y)</c> after the shift is taken off.</summary>
internal readonly record struct AffineMap(double XX, double XY, double YX, double YY, double Right, double Down)
{
    /// <summary>The way back of p -> R·K·s·p + t: R turns clockwise on the screen, K slants vertical lines, s scales. Its inverse is 1/s · K⁻¹·Rᵀ.</summary>
    public static AffineMap Back(double angle, double scale, double shear, double right, double down)
    {
        double sin = Elementary.Sin(angle), cos = Elementary.Cos(angle), slant = Elementary.Sin(shear) / Elementary.Cos(shear);
        return new((cos + (slant * sin)) / scale, (sin - (slant * cos)) / scale, -sin / scale, cos / scale, right, down);
    }
}
