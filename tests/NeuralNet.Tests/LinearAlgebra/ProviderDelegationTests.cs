using System.Reflection;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;
using Transpose = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace NeuralNet.Tests;

/// <summary>All that the provider leaves to MathNet: each member, for each type of element, does to its arguments what the managed provider does, to the bit.</summary>
public class ProviderDelegationTests
{
    // All sizes differ, so that a delegate that swaps two arguments is found out by the lengths of the arrays, or by the values.
    private const int Rows = 5;
    private const int Columns = 3;
    private const int ColumnsB = 2;
    private const int Order = 4;

    public static TheoryData<Type, string> Members
    {
        get
        {
            var rows = new TheoryData<Type, string>();
            foreach (Type element in new[] { typeof(float), typeof(double), typeof(Complex32), typeof(Complex) })
            {
                foreach (MethodInfo member in Contract(element).GetMethods().Where(member => !IsOurs(member.Name, element)))
                    rows.Add(element, member.Name);
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(Members))]
    public void A_member_does_what_the_managed_provider_does(Type element, string name)
    {
        MethodInfo member = Contract(element).GetMethod(name)!;
        object[] before = Arguments(member, element), expected = Arguments(member, element), found = Arguments(member, element);

        object? expectedResult = member.Invoke(ManagedLinearAlgebraProvider.Instance, expected);
        object? result = member.Invoke(new SimdLinearAlgebraProvider(), found);

        result.Should().Be(expectedResult);
        AreSame(found, expected).Should().BeTrue("the arguments hold the same afterwards");
        (expectedResult is not null || !AreSame(before, expected)).Should().BeTrue("{0} computes something from these arguments", name);
    }

    [Fact]
    public void It_is_available_and_has_a_name()
    {
        ILinearAlgebraProvider provider = new SimdLinearAlgebraProvider();
        provider.InitializeVerify();
        provider.FreeResources();

        provider.IsAvailable().Should().BeTrue();
        provider.ToString().Should().Be("NeuralNet SIMD");
    }

    private static Type Contract(Type element) => typeof(ILinearAlgebraProvider<>).MakeGenericType(element);

    private static bool IsOurs(string name, Type element) =>
        name.StartsWith("MatrixMultiply", StringComparison.Ordinal) && (element == typeof(float) || element == typeof(double));

    private static bool AreSame(object[] arguments, object[] others) =>
        arguments.Zip(others).All(pair => pair.First is Array values ? values.Cast<object>().SequenceEqual(((Array)pair.Second).Cast<object>()) : pair.First.Equals(pair.Second));

    private static object[] Arguments(MethodInfo member, Type element) => [.. member.GetParameters().Select(parameter => Argument(member.Name, parameter, element))];

    private static object Argument(string member, ParameterInfo parameter, Type element) => parameter switch
    {
        { Name: "rows" or "rowsA" or "rowsX" } => Rows,
        { Name: "columns" or "columnsA" or "columnsX" or "rowsY" or "rowsB" } => Columns,
        { Name: "columnsB" or "columnsOfB" or "columnsY" } => ColumnsB,
        { Name: "order" or "orderA" } => Order,
        { Name: "ipiv" } => new[] { 1, 1, 3, 3 },
        { Name: "computeVectors" or "isSymmetric" } => true,
        { Name: "vectorEv" } => new Complex[Order],
        { Name: "transposeA" or "transposeB" } => Transpose.DontTranspose,
        { Name: "norm" } => Norm.InfinityNorm,
        { Name: "method" } => QRMethod.Full,
        { Name: "alpha" or "beta" } => Number(element, parameter.Name == "alpha" ? 0.75 : 0.5, 0.25),
        { ParameterType.IsArray: true } => Values(member, parameter, element),
        _ => throw new InvalidOperationException($"{member} has a parameter {parameter} that this test does not know."),
    };

    private static Array Values(string member, ParameterInfo parameter, Type element)
    {
        bool isSquare = member.StartsWith("LU", StringComparison.Ordinal) || member.StartsWith("Cholesky", StringComparison.Ordinal) || member == "EigenDecomp";
        bool isProduct = member.StartsWith("MatrixMultiply", StringComparison.Ordinal);
        int length = (member, parameter.Name) switch
        {
            (_, "b") when isSquare => Order * ColumnsB,
            _ when isSquare => Order * Order,
            (_, "y" or "b") when isProduct => Columns * ColumnsB,
            (_, "result" or "c") when isProduct => Rows * ColumnsB,
            ("QRSolve" or "QRSolveFactored" or "SvdSolve" or "SvdSolveFactored", "b") => Rows * ColumnsB,
            ("QRSolve" or "QRSolveFactored" or "SvdSolve" or "SvdSolveFactored", "x") => Columns * ColumnsB,
            ("QRFactor" or "QRSolveFactored", "q") or (_, "u") => Rows * Rows,
            ("ThinQRFactor", "r") or (_, "vt") => Columns * Columns,
            (_, "s" or "tau") => Columns,
            _ => Rows * Columns,
        };

        var values = Array.CreateInstance(element, length);
        for (int i = 0; i < length; i++)
            values.SetValue(isSquare && length == Order * Order ? PositiveDefinite(element, i) : Number(element, Math.Sin(i + parameter.Position + 1), Math.Cos(i)), i);
        return values;
    }

    private static object PositiveDefinite(Type element, int index)
    {
        int distance = Math.Abs((index / Order) - (index % Order));
        return Number(element, (distance == 0 ? 4 : 0) + (1.0 / (1 + distance)), 0);
    }

    private static object Number(Type element, double real, double imaginary) =>
        element == typeof(float) ? (float)real
        : element == typeof(double) ? real
        : element == typeof(Complex32) ? new Complex32((float)real, (float)imaginary)
        : new Complex(real, imaginary);
}
