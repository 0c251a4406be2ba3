using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>The last rows of a product of floats where they are four, as of a hundred: a tile would leave three quarters of their vector empty. Here a vector is four columns of the four rows.</summary>
/// <remarks>
/// The columns of b lie one behind the other, as in a weight: sixteen k of four of them are interleaved in registers, and a k's four numbers then spread over the four rows.
/// Each sum runs over k in order, as in a tile.
/// </remarks>
internal static unsafe class LastFourRows
{
    /// <summary>How many rows.</summary>
    public const int Count = 4;

    /// <summary>Columns of a vector, lanes, and k that are interleaved at once.</summary>
    private const int GroupColumns = 4, Width = 16, DepthBlock = 16;

    /// <summary>How many groups are summed together, one after another for each block of k: enough that none waits for its last sum, and few enough for the processor to foresee their columns.</summary>
    private const int MostGroups = 6;

    /// <summary>Rows from which on a tile without them takes so much less time. With one vector left it would wait for its sums.</summary>
    private const int FewestRows = (2 * Width) + Count;

    /// <summary>What is near: b is read once more.</summary>
    private const int NearBytes = 512 * 1024;

    // Where a lane finds its column's number for k, in the vector that holds k, k + 4, k + 8 and k + 12 of the four columns.
    private static Vector512<int> Spread => Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);

    /// <summary>Whether a product has such rows and is done sooner with them by themselves.</summary>
    public static bool Pay<T>(Operand<T> a, Operand<T> b, int depth, int rows, int columns)
        where T : unmanaged =>
        typeof(T) == typeof(float) && Avx512F.IsSupported && rows % Width == Count && rows >= FewestRows && columns >= GroupColumns
            && a.LineStep == 1 && b.DepthStep == 1 && (long)columns * depth * sizeof(float) <= NearBytes;

    /// <summary>c = start + a·b for four rows and any number of columns, at least four.</summary>
    public static void Run<T>(in TileTask<T> task, int columns)
        where T : unmanaged
    {
        float* sums = stackalloc float[MostGroups * Width];
        int all = ((columns - 1) / GroupColumns) + 1, turns = ((all - 1) / MostGroups) + 1;
        for (int i = 0; i < turns; i++)
        {
            int first = all * i / turns * GroupColumns, end = Math.Min(all * (i + 1) / turns * GroupColumns, columns);
            var groups = new Groups
            {
                A = (float*)task.A,
                StepA = task.StepA,
                B = (float*)task.B.Values + (first * task.B.LineStep),
                StepB = task.B.LineStep,
                Start = task.Start == null ? null : (float*)task.Start + first,
                C = (float*)task.C + (first * task.StepC),
                StepC = task.StepC,
                Columns = end - first,
                Sums = sums,
            };
            Run(groups, task.Depth, task.Continues);
        }
    }

    private static void Run(in Groups groups, int depth, bool continues)
    {
        for (int i = 0; i < groups.Count; i++)
            groups.Begin(i, continues).Store(groups.Sums + (i * Width));
        int k = 0;
        for (; k <= depth - DepthBlock; k += DepthBlock)
            AddBlock(groups, k);
        for (; k < depth; k++)
            AddOne(groups, k);
        for (int i = 0; i < groups.Count; i++)
            groups.End(i, Vector512.Load(groups.Sums + (i * Width)));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(in Groups groups, int k)
    {
        Vector512<int> spread0 = Spread, spread4 = spread0 + Vector512.Create(4), spread8 = spread0 + Vector512.Create(8), spread12 = spread0 + Vector512.Create(12);
        Vector512<float> x0 = groups.Rows(k), x1 = groups.Rows(k + 1), x2 = groups.Rows(k + 2), x3 = groups.Rows(k + 3);
        Vector512<float> x4 = groups.Rows(k + 4), x5 = groups.Rows(k + 5), x6 = groups.Rows(k + 6), x7 = groups.Rows(k + 7);
        Vector512<float> x8 = groups.Rows(k + 8), x9 = groups.Rows(k + 9), x10 = groups.Rows(k + 10), x11 = groups.Rows(k + 11);
        Vector512<float> x12 = groups.Rows(k + 12), x13 = groups.Rows(k + 13), x14 = groups.Rows(k + 14), x15 = groups.Rows(k + 15);
        int count = groups.Count;
        nint step = groups.StepB;
        float* total = groups.Sums;
        for (int i = 0; i < count; i++, total += Width)
        {
            var (w0, w1, w2, w3) = SquareTranspose.FourLines(groups.B + (groups.FirstColumn(i) * step) + k, step);
            Vector512<float> sum = Vector512.Load(total);
            sum = Add(x0, x1, x2, x3, w0, w1, w2, w3, spread0, sum);
            sum = Add(x4, x5, x6, x7, w0, w1, w2, w3, spread4, sum);
            sum = Add(x8, x9, x10, x11, w0, w1, w2, w3, spread8, sum);
            Add(x12, x13, x14, x15, w0, w1, w2, w3, spread12, sum).Store(total);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3,
        Vector512<float> w0, Vector512<float> w1, Vector512<float> w2, Vector512<float> w3, Vector512<int> spread, Vector512<float> sum)
    {
        sum = Vector512.FusedMultiplyAdd(x0, Avx512F.PermuteVar16x32(w0, spread), sum);
        sum = Vector512.FusedMultiplyAdd(x1, Avx512F.PermuteVar16x32(w1, spread), sum);
        sum = Vector512.FusedMultiplyAdd(x2, Avx512F.PermuteVar16x32(w2, spread), sum);
        return Vector512.FusedMultiplyAdd(x3, Avx512F.PermuteVar16x32(w3, spread), sum);
    }

    private static void AddOne(in Groups groups, int k)
    {
        Vector512<float> x = groups.Rows(k);
        for (int i = 0; i < groups.Count; i++)
        {
            float* w = groups.B + (groups.FirstColumn(i) * groups.StepB) + k, total = groups.Sums + (i * Width);
            var four = Vector128.Create(*w, w[groups.StepB], w[2 * groups.StepB], w[3 * groups.StepB]);
            Vector512.FusedMultiplyAdd(x, Avx512F.PermuteVar16x32(four.ToVector256Unsafe().ToVector512Unsafe(), Spread), Vector512.Load(total)).Store(total);
        }
    }

    // Some columns, in groups of four; the last goes over what lies before it once more.
    private struct Groups
    {
        public float* A, B, Start, C, Sums;
        public nint StepA, StepB, StepC;
        public int Columns;

        public readonly int Count => ((Columns - 1) / GroupColumns) + 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly int FirstColumn(int group) => Math.Min(group * GroupColumns, Columns - GroupColumns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Rows(int k) => Avx512F.BroadcastVector128ToVector512(A + (k * StepA));

        public readonly Vector512<float> Begin(int group, bool continues)
        {
            int column = FirstColumn(group);
            float* c = C + (column * StepC);
            if (continues)
            {
                return Vector512.Create(
                    Vector256.Create(Vector128.Load(c), Vector128.Load(c + StepC)),
                    Vector256.Create(Vector128.Load(c + (2 * StepC)), Vector128.Load(c + (3 * StepC))));
            }

            return Start == null ? default : Avx512F.PermuteVar16x32(Vector128.Load(Start + column).ToVector256Unsafe().ToVector512Unsafe(), Spread);
        }

        public readonly void End(int group, Vector512<float> sum)
        {
            float* c = C + (FirstColumn(group) * StepC);
            sum.GetLower().GetLower().Store(c);
            sum.GetLower().GetUpper().Store(c + StepC);
            sum.GetUpper().GetLower().Store(c + (2 * StepC));
            sum.GetUpper().GetUpper().Store(c + (3 * StepC));
        }
    }
}
