using System.Text.Json.Nodes;
using FloatVector = MathNet.Numerics.LinearAlgebra.Vector<float>;

namespace NeuralNet.Benchmarks;

/// <summary>A training step on a batch that is in memory: forward, loss, backward, update. Every sample begins with the same weights.</summary>
internal sealed class TrainingWorkload(string name, NetworkShape shape, IOptimizerRule rule) : Workload(name)
{
    private const int CheckedSteps = 5;

    public NetworkShape Shape => shape;

    public IOptimizerRule Rule => rule;

    public override double? Flops => shape.TrainingFlops;

    public override Contender Ours(int threads) => new OurTraining(shape, rule, threads);

    public override Contender? MathNetAlone(int threads) => shape.Sizes is { Length: 3 } && rule is Sgd ? new MathNetTraining(shape, rule.LearningRate, threads) : null;

    public override JsonObject Request(ScratchFolder scratch)
    {
        JsonObject request = shape.Request("training", scratch);
        request["rule"] = rule.GetType().Name;
        request["rate"] = rule.LearningRate;
        return request;
    }

    private sealed class OurTraining(NetworkShape shape, IOptimizerRule rule, int threads) : NetworkContender(shape, rule, threads)
    {
        private readonly NetworkShape shape = shape;
        private readonly IOptimizerRule rule = rule;
        private readonly Matrix<float> x = shape.Samples<float>();
        private readonly int[] labels = shape.Labels();

        /// <summary>Losses of the network without dropout, whose masks are everybody's own.</summary>
        public override double[] Check()
        {
            Network<float> plain = shape.WithoutDropout().Build<float>();
            plain.MaxThreads = Threads;
            var plainOptimizer = new Optimizer<float>(plain, rule);
            double[] losses = new double[CheckedSteps];
            for (int i = 0; i < CheckedSteps; i++)
                losses[i] = plain.Step(x, labels, plainOptimizer);
            return losses;
        }

        protected override void Iterate(long iterations)
        {
            for (long i = 0; i < iterations; i++)
                Network.Step(x, labels, Optimizer);
        }
    }

    /// <summary>Two layers and plain gradient descent, as one writes it with MathNet's operators.</summary>
    private sealed class MathNetTraining : ManagedContender
    {
        private readonly Matrix<float> x, t;
        private readonly float rate;
        private readonly Matrix<float>[] initial;
        private Matrix<float> w1, b1, w2, b2;

        public MathNetTraining(NetworkShape shape, double rate, int threads)
            : base(threads)
        {
            int[] labels = shape.Labels();
            (x, this.rate) = (shape.Samples<float>(), (float)rate);
            t = Matrix<float>.Build.Dense(shape.Batch, shape.Classes, (row, column) => labels[row] == column ? 1 : 0);
            initial = [.. shape.Build<float>().Parameters.Select(parameter => parameter.Value)];
            (w1, b1, w2, b2) = (initial[0], initial[1], initial[2], initial[3]);
        }

        public override double[] Check()
        {
            double[] losses = new double[CheckedSteps];
            for (int i = 0; i < CheckedSteps; i++)
                losses[i] = Step();
            return losses;
        }

        protected override void Reset() => (w1, b1, w2, b2) = (initial[0], initial[1], initial[2], initial[3]);

        protected override void Iterate(long iterations)
        {
            using var limit = new MathNetThreads(Threads);
            for (long i = 0; i < iterations; i++)
                Step();
        }

        private static Matrix<float> AddToRows(Matrix<float> matrix, Matrix<float> bias) =>
            matrix.MapIndexed((_, column, value) => value + bias[0, column], Zeros.Include);

        private double Step()
        {
            Matrix<float> scores1 = AddToRows(x * w1, b1);
            Matrix<float> hidden = scores1.PointwiseMaximum(0);
            Matrix<float> scores2 = AddToRows(hidden * w2, b2);
            FloatVector maxima = FloatVector.Build.Dense(scores2.RowCount, row => scores2.Row(row).Maximum());
            Matrix<float> powers = scores2.MapIndexed((row, _, score) => MathF.Exp(score - maxima[row]), Zeros.Include);
            FloatVector sums = powers.RowSums();
            Matrix<float> y = powers.MapIndexed((row, _, power) => power / sums[row]);
            double loss = -t.PointwiseMultiply(y.PointwiseLog()).RowSums().Sum() / x.RowCount;

            Matrix<float> dScores2 = (y - t) / x.RowCount;
            Matrix<float> dScores1 = dScores2.TransposeAndMultiply(w2).PointwiseMultiply(scores1.Map(score => score > 0 ? 1f : 0f));
            w2 -= rate * hidden.TransposeThisAndMultiply(dScores2);
            b2 -= rate * dScores2.ColumnSums().ToRowMatrix();
            w1 -= rate * x.TransposeThisAndMultiply(dScores1);
            b1 -= rate * dScores1.ColumnSums().ToRowMatrix();
            return loss;
        }
    }
}
