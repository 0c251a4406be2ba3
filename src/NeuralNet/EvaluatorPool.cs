using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Lends evaluators of one network to many threads: the network's own layers to the first, replicas to those that come while it is busy.
/// Where a layer cannot be replicated there is only the one, and callers wait.
/// </summary>
internal sealed class EvaluatorPool<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerChain<T> chain;
    private readonly Stack<Evaluator<T>> free = [];

    public EvaluatorPool(LayerChain<T> chain)
    {
        this.chain = chain;
        free.Push(new Evaluator<T>(chain));
    }

    public Rental Rent(int maxThreads) => new(this, Take(), ThreadLimit.Enter(maxThreads));

    private Evaluator<T> Take()
    {
        lock (free)
        {
            while (true)
            {
                if (free.TryPop(out Evaluator<T>? evaluator))
                    return evaluator;
                if (chain.CanReplicate)
                    break;
                Monitor.Wait(free);
            }
        }

        // Nobody waits for what takes a while.
        return new Evaluator<T>(chain.Replicate());
    }

    private void Return(Evaluator<T> evaluator)
    {
        lock (free)
        {
            free.Push(evaluator);
            Monitor.Pulse(free);
        }
    }

    public readonly ref struct Rental(EvaluatorPool<T> pool, Evaluator<T> value, ThreadLimit.Scope limit)
    {
        private readonly ThreadLimit.Scope limit = limit;

        public Evaluator<T> Value => value;

        public void Dispose()
        {
            limit.Dispose();
            pool.Return(value);
        }
    }
}
