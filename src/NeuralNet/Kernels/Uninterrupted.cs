namespace NeuralNet.Kernels;

/// <summary>Locks for what has to be done even if the thread is interrupted while it waits for them.</summary>
internal static class Uninterrupted
{
    /// <summary>Enters a lock; the caller exits it. An interruption that comes meanwhile takes effect at the thread's next wait.</summary>
    public static void Enter(object gate)
    {
        for (bool isInterrupted = false; ;)
        {
            try
            {
                Monitor.Enter(gate);
                if (isInterrupted)
                    Thread.CurrentThread.Interrupt();
                return;
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }
    }
}
