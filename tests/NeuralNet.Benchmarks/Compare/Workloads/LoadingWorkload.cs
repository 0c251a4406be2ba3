using System.Text.Json.Nodes;
using NeuralNet.Kernels;

namespace NeuralNet.Benchmarks;

/// <summary>A batch of shuffled images, bytes in memory, as features from 0 to 1 with their labels. Every epoch is shuffled anew.</summary>
internal sealed class LoadingWorkload(string name, int images, Shape imageShape, int batch) : Workload(name)
{
    private const int Classes = 10;

    public override Contender Ours(int threads) => new OurLoading(images, imageShape, batch, threads);

    public override JsonObject Request(ScratchFolder scratch) =>
        new() { ["kind"] = "loading", ["images"] = images, ["pixels"] = imageShape.Size, ["classes"] = Classes, ["batch"] = batch };

    private sealed class OurLoading : ManagedContender
    {
        private readonly Batches<float> batches;
        private BatchEnumerator<float> pass;
        private int epoch;

        public OurLoading(int images, Shape imageShape, int batch, int threads)
            : base(threads)
        {
            var dataset = new ImageDataset<float>(imageShape, Sample.Bytes(images * imageShape.Size), Sample.Labels(images, Classes), Classes);
            batches = new Batches<float>(dataset, batch, seed: 1);
        }

        /// <summary>The first and the last pixels of the first batch in order.</summary>
        public override double[] Check()
        {
            BatchEnumerator<float> inOrder = batches.InOrder();
            inOrder.MoveNext();
            Matrix<float> x = inOrder.Current.Features;
            pass = batches.Epoch(epoch);
            return [x[0, 0], x[0, x.ColumnCount - 1], x[x.RowCount - 1, 0], x[x.RowCount - 1, x.ColumnCount - 1]];
        }

        protected override void Iterate(long iterations)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(Threads);
            for (long i = 0; i < iterations; i++)
            {
                if (pass.MoveNext())
                    continue;
                pass = batches.Epoch(++epoch);
                pass.MoveNext();
            }
        }
    }
}
