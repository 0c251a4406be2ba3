using System.Text.Json;

namespace NeuralNet.Tests;

public class RuleTests
{
    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void Updates_are_those_of_PyTorch_and_so_is_what_is_remembered(string name)
    {
        Check<double>(MatrixAssertions.DoubleTolerance);
        Check<float>(MatrixAssertions.SingleTolerance);

        // PyTorch counts the updates of each parameter: the first after it was frozen is its first.
        Check<double>(MatrixAssertions.DoubleTolerance, frozenFor: 3);

        void Check<T>(double tolerance, int frozenFor = 0)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // rules.json: make_rules.py, PyTorch float64.
            JsonElement golden = GoldenFile.Row("rules", name);
            double[] initial = golden.Numbers("initial");
            Network<T> network = OneParameter<T>(initial.Length);
            var optimizer = new Optimizer<T>(network, RuleCases.Row(name).Create());
            Parameter<T> parameter = network.Parameters[0];
            GoldenFile.InMemoryOrder(initial, parameter.Value).As<T>().CopyTo(parameter.Value);
            parameter.Trainable = false;
            for (int step = 0; step < frozenFor; step++)
                optimizer.Update();
            parameter.Trainable = true;

            JsonElement[] gradients = [.. golden.GetProperty("gradients").EnumerateArray()], values = [.. golden.GetProperty("values").EnumerateArray()];
            for (int step = 0; step < gradients.Length; step++)
            {
                GoldenFile.InMemoryOrder(gradients[step].Numbers(), parameter.Gradient).As<T>().CopyTo(parameter.Gradient);
                optimizer.Update();
                parameter.Value.ShouldBeClose(GoldenFile.InMemoryOrder(values[step].Numbers(), parameter.Value), tolerance, $"the value after step {step + 1}");
            }

            golden.GetProperty("slots").EnumerateObject().Select(slot => "0.weight." + slot.Name).Should().BeEquivalentTo(optimizer.Slots.Select(slot => slot.Name));
            foreach (OptimizerSlot<T> slot in optimizer.Slots)
                slot.Value.ShouldBeClose(GoldenFile.InMemoryOrder(golden.GetProperty("slots").Numbers(slot.Name["0.weight.".Length..]), slot.Value), tolerance, slot.Name);
        }
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void A_gradient_of_NaN_is_not_hidden_and_touches_its_element_alone(string name)
    {
        Network<double> network = OneParameter<double>(3);
        Parameter<double> parameter = network.Parameters[0];
        parameter.Gradient[1, 0] = double.NaN;
        new Optimizer<double>(network, RuleCases.Row(name).Create()).Update();

        parameter.Value[1, 0].Should().Be(double.NaN);
        new[] { parameter.Value[0, 0], parameter.Value[2, 0] }.Should().OnlyContain(value => double.IsFinite(value));
    }

    // Steps with subnormal numbers take longer, for ever: 0.9 of the least of them is rounded to itself.
    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void What_is_remembered_of_gradients_that_have_ended_does_not_end_in_subnormal_numbers(string name)
    {
        Network<float> network = OneParameter<float>(2);
        var optimizer = new Optimizer<float>(network, RuleCases.Row(name).Create());
        (network.Parameters[0].Gradient[0, 0], network.Parameters[0].Gradient[1, 0]) = (1e-15f, -1e-15f);
        for (int step = 0; step < 20_000; step++)
        {
            optimizer.Update();
            network.Parameters[0].Gradient.Clear();
        }

        optimizer.Slots.Should().NotContain(slot => slot.Value.Enumerate().Any(float.IsSubnormal));
    }

    // By hand: a tenth of the square of the least number that counts, and nothing of the one before, a share of whose square may be subnormal.
    [Fact]
    public void A_gradient_too_small_to_be_squared_counts_as_0()
    {
        Check<float>(-57, epsilon: 1e-30);
        Check<double>(-505, epsilon: 1e-300);

        static void Check<T>(int exponent, double epsilon)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Network<T> network = OneParameter<T>(2);
            Parameter<T> parameter = network.Parameters[0];
            var optimizer = new Optimizer<T>(network, new RmsProp(0.1, 0.9, epsilon));
            T least = T.ScaleB(T.One, exponent), before = parameter.Value[1, 0];
            (parameter.Gradient[0, 0], parameter.Gradient[1, 0]) = (-least, T.BitDecrement(least));
            optimizer.Update();

            optimizer.Slots[0].Value[0, 0].Should().Be(T.CreateTruncating(1 - 0.9) * T.ScaleB(T.One, 2 * exponent));
            optimizer.Slots[0].Value[1, 0].Should().Be(T.Zero);
            parameter.Value[1, 0].Should().Be(before, "a gradient that is not in the root is not over it either");
        }
    }

    // By hand: v = g²/10, and the mean g/10 is too small to be taken off: 0.1·g/√(g²/10). AdaDelta: d = g·√1e-6/√0.1 is too small for a step.
    [Fact]
    public void What_else_a_rule_squares_counts_as_0_where_it_is_too_small()
    {
        float least = MathF.ScaleB(1, -57);
        AfterGradients(new RmsProp(0.1, 0.9, 1e-30, isCentered: true), least).Should().BeApproximately(-0.1f / MathF.Sqrt(0.1f), 1e-6f);
        AfterGradients(new AdaDelta(1, 0.9, 1e-6), 1, least).Should().Be(AfterGradients(new AdaDelta(1, 0.9, 1e-6), 1, 0));

        // The step of the last gradient: the parameter is set to 0 before each.
        static float AfterGradients(IOptimizerRule rule, params float[] gradients)
        {
            Network<float> network = OneParameter<float>(1);
            var optimizer = new Optimizer<float>(network, rule);
            foreach (float gradient in gradients)
            {
                network.Parameters[0].Value[0, 0] = 0;
                network.Parameters[0].Gradient[0, 0] = gradient;
                optimizer.Update();
            }

            return network.Parameters[0].Value[0, 0];
        }
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void Records_of_equal_values_are_equal_and_state_is_not_theirs(string name)
    {
        IOptimizerRule rule = RuleCases.Row(name).Create();
        Network<double> network = OneParameter<double>(3);
        network.Parameters[0].Gradient[0, 0] = 1;
        new Optimizer<double>(network, rule).Update();

        rule.Should().Be(RuleCases.Row(name).Create());
        rule.ToString().Should().StartWith(rule.GetType().Name).And.Contain("LearningRate = ");
    }

    [Fact]
    public void An_optimizer_tells_its_rule_in_the_words_of_every_culture()
    {
        OtherCulture.Run(new Optimizer<double>(OneParameter<double>(1), new Sgd(0.5)).ToString).Should().Be("Sgd { LearningRate = 0.5 }");
        FluentActions.Invoking(() => OtherCulture.Run(() => new CosineAnnealing(4, 0.25).As<ISchedule>().WithState([1])))
            .Should().Throw<ArgumentException>().WithMessage("CosineAnnealing { Steps = 4, MinimumRate = 0.25 } expects a state of 0 numbers, got 1.*");
    }

    [Fact]
    public void A_rule_that_gives_no_rate_throws() =>
        FluentActions.Invoking(() => new Optimizer<double>(OneParameter<double>(1), new Remembering { LearningRate = -1 }).Update())
            .Should().Throw<InvalidOperationException>().WithMessage("The rule *Remembering gives the learning rate -1 for step 1; it must be at least 0 and finite.");

    [Fact]
    public void A_rule_whose_slots_have_one_name_is_refused()
    {
        foreach (string[] names in (string[][])[["a", "a"], ["average"], ["accumulated_gradient"]])
        {
            FluentActions.Invoking(() => new Optimizer<double>(OneParameter<double>(1), new Remembering(names))).Should().Throw<ArgumentException>()
                .WithMessage($"The rule's SlotNames must differ from each other and from accumulated_gradient and average; got {string.Join(", ", names)}: '{names[0]}' is taken.*");
        }
    }

    // The gradient falls from 2 to 1 and stays: mean square and mean then come to rest at one number above 1, whose square is more.
    [Fact]
    public void A_constant_gradient_has_no_negative_variance()
    {
        foreach (double momentum in (double[])[0, 0.9])
        {
            Network<float> network = Network.Input<float>(1).Affine(1, bias: false).MeanSquaredError().Build(seed: 1);
            var optimizer = new Optimizer<float>(network, new RmsProp(1e-6, 0.99, momentum: momentum, isCentered: true));
            for (int step = 0; step < 5000; step++)
            {
                network.Parameters[0].Gradient[0, 0] = step < 100 ? 2 : 1;
                optimizer.Update();
            }

            network.Parameters[0].Value.Should().Match<Matrix<float>>(value => float.IsFinite(value[0, 0]));
            optimizer.Slots.Should().OnlyContain(slot => float.IsFinite(slot.Value[0, 0]));
        }
    }

    [Fact]
    public void Hyperparameters_out_of_range_throw_with_the_range_and_the_value()
    {
        (Func<IOptimizerRule> Create, string Message)[] wrong =
        [
            (() => new Sgd(0), "learningRate must be greater than 0 and finite; got 0.*"),
            (() => new Sgd(double.NaN), "learningRate must be greater than 0 and finite; got NaN.*"),
            (() => new Sgd { LearningRate = -1 }, "learningRate must be greater than 0 and finite; got -1.*"),
            (() => new Momentum(double.PositiveInfinity), "learningRate must be greater than 0 and finite; got Infinity.*"),
            (() => new Momentum(0.1, 1), "momentum must be in [0, 1); got 1.*"),
            (() => new Nesterov(0.1, -0.1), "momentum must be in [0, 1); got -0.1.*"),
            (() => new AdaGrad(0.1, 0), "epsilon must be greater than 0 and finite; got 0.*"),
            (() => new RmsProp(0.1, 1.5), "decay must be in [0, 1); got 1.5.*"),
            (() => new RmsProp(0.1, epsilon: -1), "epsilon must be greater than 0 and finite; got -1.*"),
            (() => new Adam(beta1: 1), "beta1 must be in [0, 1); got 1.*"),
            (() => new Adam(beta2: double.NaN), "beta2 must be in [0, 1); got NaN.*"),
            (() => new Adam(epsilon: 0), "epsilon must be greater than 0 and finite; got 0.*"),
            (() => new Momentum(dampening: 1.5), "dampening must be in [0, 1]; got 1.5.*"),
            (() => new RmsProp(momentum: 1), "momentum must be in [0, 1); got 1.*"),
            (() => new AdamW(0), "learningRate must be greater than 0 and finite; got 0.*"),
            (() => new AdamW { Beta1 = 1 }, "beta1 must be in [0, 1); got 1.*"),
            (() => new AdamW(weightDecay: -1), "weightDecay must be at least 0 and finite; got -1.*"),
            (() => new Adamax(beta2: 1), "beta2 must be in [0, 1); got 1.*"),
            (() => new Adamax(epsilon: 0), "epsilon must be greater than 0 and finite; got 0.*"),
            (() => new NAdam(beta1: -1), "beta1 must be in [0, 1); got -1.*"),
            (() => new NAdam(momentumDecay: -1), "momentumDecay must be at least 0 and finite; got -1.*"),
            (() => new RAdam(beta2: 1), "beta2 must be in [0, 1); got 1.*"),
            (() => new AdaDelta(decay: 1), "decay must be in [0, 1); got 1.*"),
            (() => new AdaDelta(epsilon: 0), "epsilon must be greater than 0 and finite; got 0.*"),
            (() => new Lion(beta2: 1), "beta2 must be in [0, 1); got 1.*"),
            (() => new Lion(weightDecay: -1), "weightDecay must be at least 0 and finite; got -1.*"),
            (() => new Lamb(weightDecay: double.NaN), "weightDecay must be at least 0 and finite; got NaN.*"),
            (() => new Rprop(decrease: 1), "decrease must be in (0, 1); got 1.*"),
            (() => new Rprop(increase: 1), "increase must be greater than 1 and finite; got 1.*"),
            (() => new Rprop(smallestStep: 0), "smallestStep must be greater than 0 and finite; got 0.*"),
            (() => new Rprop(smallestStep: 1, largestStep: 0.5), "largestStep must be at least smallestStep and finite; got 0.5.*"),
        ];
        foreach ((Func<IOptimizerRule> create, string message) in wrong)
            create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    // PyTorch 1.13, torch.optim.SGD(lr=1, momentum=0, dampening=0.5), gradients of 1: it looks at the dampening only where there is momentum.
    [Fact]
    public void Without_momentum_nothing_is_dampened()
    {
        Network<double> network = OneParameter<double>(1);
        double before = network.Parameters[0].Value[0, 0];
        var optimizer = new Optimizer<double>(network, new Momentum(1, momentum: 0, dampening: 0.5));
        for (int step = 0; step < 3; step++)
        {
            network.Parameters[0].Gradient[0, 0] = 1;
            optimizer.Update();
        }

        network.Parameters[0].Value[0, 0].ShouldBeClose(before - 3, MatrixAssertions.DoubleTolerance);
    }

    [Fact]
    public void An_epsilon_that_floats_do_not_tell_from_0_throws_and_nothing_is_updated()
    {
        IOptimizerRule[] rules =
        [
            new AdaDelta(epsilon: 1e-50), new AdaGrad(epsilon: 1e-50), new Adam(epsilon: 1e-50), new AdamW(epsilon: 1e-50), new Adamax(epsilon: 1e-50), new Lamb(epsilon: 1e-50),
            new NAdam(epsilon: 1e-50), new RAdam(epsilon: 1e-50), new RmsProp(epsilon: 1e-50), new RmsProp(epsilon: 1e-50, momentum: 0.5, isCentered: true),
        ];
        foreach (IOptimizerRule rule in rules)
        {
            Network<float> network = OneParameter<float>(2);
            string before = network.WeightsSha256();
            var optimizer = new Optimizer<float>(network, rule);
            optimizer.Invoking(it => it.Update()).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epsilon must be a number that is neither 0 nor infinite when rounded to Single; got 1E-50.*");

            (network.WeightsSha256(), optimizer.StepNumber).Should().Be((before, 0));
            FluentActions.Invoking(() => new Optimizer<double>(OneParameter<double>(2), rule).Update()).Should().NotThrow("doubles do");
        }
    }

    [Fact]
    public void Weight_decay_leaves_biases_alone()
    {
        (Func<double, IOptimizerRule> Create, double Strength)[] rules = [(d => new AdamW(weightDecay: d), 0.5), (d => new Lion(weightDecay: d), 0.5), (d => new Lamb(weightDecay: d), 0.5)];
        foreach ((Func<double, IOptimizerRule> create, double strength) in rules)
        {
            (Network<double> with, Network<double> without) = (Updated(create(strength)), Updated(create(0)));
            with.Parameters[0].Value[0, 0].Should().NotBe(without.Parameters[0].Value[0, 0]);
            with.Parameters[1].Value[0, 0].Should().Be(without.Parameters[1].Value[0, 0]);
        }

        static Network<double> Updated(IOptimizerRule rule)
        {
            // Two numbers, for LAMB changes the direction only.
            Network<double> network = Network.Input<double>(1).Affine(2).Build(seed: 1);
            foreach (Parameter<double> parameter in network.Parameters)
            {
                Make.Rows([1, 3]).CopyTo(parameter.Value);
                Make.Rows([2, -1]).CopyTo(parameter.Gradient);
            }

            new Optimizer<double>(network, rule).Update();
            return network;
        }
    }

    [Fact]
    public void Lamb_moves_a_parameter_of_0_by_the_rate_itself()
    {
        Network<double> network = OneParameter<double>(2);
        network.Parameters[0].Value.Clear();
        (network.Parameters[0].Gradient[0, 0], network.Parameters[0].Gradient[1, 0]) = (3, 0);
        new Optimizer<double>(network, new Lamb(0.1, epsilon: 1)).Update();

        // By hand: 0.1·3 / (3 + 1), and nothing where the gradient is 0.
        network.Parameters[0].Value[0, 0].ShouldBeClose(-0.075, MatrixAssertions.DoubleTolerance);
        network.Parameters[0].Value[1, 0].Should().Be(0);
    }

    [Fact]
    public void A_schedule_is_asked_for_every_step_and_what_it_says_is_the_rate()
    {
        Network<double> network = OneParameter<double>(1);
        network.Parameters[0].Value[0, 0] = 10;
        network.Parameters[0].Gradient[0, 0] = 1;
        var optimizer = new Optimizer<double>(network, new Sgd(2), new Inverse());
        optimizer.Update();
        optimizer.Update();

        // By hand: 10 - 2/1 - 2/2 = 7; the next rate is 2/3.
        network.Parameters[0].Value[0, 0].Should().Be(7);
        optimizer.StepNumber.Should().Be(2);
        optimizer.LearningRate.Should().Be(2.0 / 3);
    }

    [Fact]
    public void A_schedule_that_gives_no_rate_throws_before_anything_changes()
    {
        Network<double> network = OneParameter<double>(1);
        string before = network.WeightsSha256();
        network.Parameters[0].Gradient[0, 0] = 1;
        var optimizer = new Optimizer<double>(network, new Sgd(), new Broken());

        FluentActions.Invoking(optimizer.Update)
            .Should().Throw<InvalidOperationException>().WithMessage("The schedule Broken gives the learning rate -1 for step 1; it must be at least 0 and finite.");
        network.WeightsSha256().Should().Be(before);
        optimizer.StepNumber.Should().Be(0);
    }

    private static Network<T> OneParameter<T>(int size)
        where T : unmanaged, IFloatingPointIeee754<T> => Network.Input<T>(size).Affine(1, bias: false).Build(seed: 1);

    private sealed class Remembering(params string[] names) : IOptimizerRule
    {
        public double LearningRate { get; init; } = 1;

        public IReadOnlyList<string> SlotNames => names;

        public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
            where T : unmanaged, IFloatingPointIeee754<T> => value.Clear();
    }

    private sealed class Inverse : ISchedule
    {
        public double RateAt(double learningRate, long step) => learningRate / step;
    }

    private sealed class Broken : ISchedule
    {
        public double RateAt(double learningRate, long step) => -1;

        public override string ToString() => "Broken";
    }
}
