using System.Globalization;

namespace NeuralNet.Tests;

/// <summary>Runs something where numbers are written in another way: a comma, groups by points, a minus sign of its own.</summary>
internal static class OtherCulture
{
    public static T Run<T>(Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
        try
        {
            CultureInfo.CurrentCulture = other;
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
