using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Nothing public stays without a row: what is added to the library is added to the tables, or this fails.</summary>
public class CompletenessTests
{
    [Fact]
    public void Every_public_layer_has_a_row() =>
        Implementations(typeof(ILayer<>)).Where(type => !Implements(type, typeof(ILossLayer<>))).Should().BeSubsetOf(Types(LayerCases.All.Select(row => (object)row.Double())));

    [Fact]
    public void Every_public_loss_has_a_row() => Implementations(typeof(ILossLayer<>)).Should().BeSubsetOf(Types(LossCases.All.Select(row => (object)row.Double())));

    [Fact]
    public void Every_public_rule_has_a_row_with_its_defaults_and_another()
    {
        Type[] rows = [.. RuleCases.All.Select(row => row.Create().GetType())];
        foreach (Type rule in Implementations(typeof(IOptimizerRule)))
            rows.Count(row => row == rule).Should().BeGreaterThanOrEqualTo(2, "{0} is tested with its defaults and with other values", rule.Name);
    }

    [Fact]
    public void Every_public_initializer_has_a_row() => Implementations(typeof(IInitializer)).Should().BeSubsetOf(Types(InitializerCases.All.Select(row => (object)row.Initializer)));

    [Fact]
    public void Every_public_transform_has_a_row() => Implementations(typeof(IGradientTransform)).Should().BeSubsetOf(Types(TransformCases.All.Select(row => (object)row.Create())));

    [Fact]
    public void Every_public_schedule_has_a_row() => Implementations(typeof(ISchedule)).Should().BeSubsetOf(Types(ScheduleCases.All.Select(row => (object)row.Create())));

    [Fact]
    public void Every_public_metric_has_a_row() => Implementations(typeof(IMetric)).Should().BeSubsetOf(Types(MetricCases.All.Select(row => (object)row.Create())));

    [Fact]
    public void Every_kernel_has_a_row_and_every_row_a_class_of_tests()
    {
        Kernels().Should().BeEquivalentTo(KernelCases.Tests.Keys);
        KernelCases.Tests.Values.Should().OnlyContain(tests => tests.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), true)));
    }

    [Fact]
    public void Every_row_has_golden_values_and_every_golden_value_a_row()
    {
        LayerCases.All.Select(row => row.Name).Should().BeEquivalentTo(GoldenFile.Names("layers"));
        LossCases.All.Select(row => row.Name).Should().BeEquivalentTo(GoldenFile.Names("losses"));
        RuleCases.All.Select(row => row.Name).Should().BeEquivalentTo(GoldenFile.Names("rules"));
        TransformCases.All.Select(row => row.Name).Should().BeEquivalentTo(GoldenFile.Names("transforms"));
        ScheduleCases.All.Select(row => row.Name).Should().BeEquivalentTo(GoldenFile.Names("schedules"));
        MetricCases.All.Select(row => row.Name).Should().BeEquivalentTo(GoldenFile.Names("metrics"));
    }

    [Fact]
    public void Both_precisions_of_a_row_are_one_layer()
    {
        foreach (LayerCase row in LayerCases.All)
            row.Single().GetType().GetGenericTypeDefinition().Should().Be(row.Double().GetType().GetGenericTypeDefinition());
        foreach (LossCase row in LossCases.All)
            row.Single().GetType().GetGenericTypeDefinition().Should().Be(row.Double().GetType().GetGenericTypeDefinition());
    }

    [Fact]
    public void The_tables_are_found_by_reflection_at_all()
    {
        Implementations(typeof(ILayer<>)).Should().Contain([typeof(Affine<>), typeof(SoftmaxWithLoss<>)]);
        Implementations(typeof(IOptimizerRule)).Should().Contain(typeof(Adam));
        Implementations(typeof(IGradientTransform)).Should().Contain(typeof(L2));
        Implementations(typeof(ISchedule)).Should().Contain(typeof(StepDecay));
        Implementations(typeof(IMetric)).Should().Contain(typeof(Accuracy));
        Kernels().Should().Contain([typeof(Gemm), typeof(Tile<,,,>), typeof(Simd128<>)]);
    }

    private static IEnumerable<Type> Implementations(Type contract) =>
        typeof(Network).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && Implements(type, contract));

    // All that can be called by itself; what is nested in a kernel is a part of it.
    private static IEnumerable<Type> Kernels() =>
        typeof(Gemm).Assembly.GetTypes().Where(type => type.Namespace == typeof(Gemm).Namespace && !type.IsInterface && !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute), false));

    private static bool Implements(Type type, Type contract) =>
        type.GetInterfaces().Any(found => found == contract || (found.IsGenericType && found.GetGenericTypeDefinition() == contract));

    private static IEnumerable<Type> Types(IEnumerable<object> rows) =>
        rows.Select(row => row.GetType()).Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).Distinct();
}
