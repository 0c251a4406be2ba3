using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What a kernel does with some columns of its matrices, each by itself.</summary>
internal interface IColumnRange
{
    /// <summary>Does the columns from <paramref name="first"/> up to but without <paramref name="end"/>.</summary>
    void Do(int first, int end);
}

/// <summary>What a kernel does with one column of its matrices, said once for every vector width.</summary>
internal interface IColumnWork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does a column with vectors; what it computes does not depend on their width.</summary>
    void Do<V>(int column)
        where V : struct, ISimd<V, T>;
}

/// <summary>Splits columns over threads where there is enough to do, and gives them the widest vectors that the machine has.</summary>
/// <remarks>A column is done by one thread alone, so it does not matter to the bits which one it is.</remarks>
internal static unsafe class Columns
{
    /// <summary>The fewest numbers of a unit of work: enough to be worth a thread.</summary>
    private const int WorthAThread = 8 * 1024;

    /// <summary>Into how many units of work columns of so many numbers each can be cut; less than 2 if not at all.</summary>
    public static int Units(int columns, int length) => (int)Math.Min(columns, (long)columns * length / WorthAThread);

    /// <summary>Does columns of so many numbers each.</summary>
    public static void Each<T, TWork>(int columns, int length, TWork work)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWork : unmanaged, IColumnWork<T> => Split(columns, length, new EachColumn<T, TWork>(work));

    /// <summary>Does ranges of columns of so many numbers each.</summary>
    public static void Split<TRange>(int columns, int length, TRange range)
        where TRange : unmanaged, IColumnRange
    {
        int units = Math.Min(ThreadLimit.Current, Units(columns, length));
        if (units < 2)
        {
            range.Do(0, columns);
            return;
        }

        var region = new Region<TRange> { Range = range, Columns = columns, Units = units };
        WorkerPool.Run(units, units, &Unit<TRange>, &region);
    }

    private static void Unit<TRange>(void* context, int unit)
        where TRange : unmanaged, IColumnRange
    {
        ref Region<TRange> region = ref *(Region<TRange>*)context;
        region.Range.Do(region.Start(unit), region.Start(unit + 1));
    }

    private readonly struct EachColumn<T, TWork>(TWork work) : IColumnRange
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWork : unmanaged, IColumnWork<T>
    {
        public void Do(int first, int end) => Widest.Run<T, SomeColumns<T, TWork>>(new(work, first, end));
    }

    private readonly struct SomeColumns<T, TWork>(TWork work, int first, int end) : IOnVectors<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWork : unmanaged, IColumnWork<T>
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public void Run<V>()
            where V : struct, ISimd<V, T>
        {
            for (int column = first; column < end; column++)
                work.Do<V>(column);
        }
    }

    private struct Region<TRange>
        where TRange : unmanaged
    {
        public TRange Range;
        public int Columns;
        public int Units;

        public readonly int Start(int unit) => EvenParts.Start(unit, Units, Columns);
    }
}
