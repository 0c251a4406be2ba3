namespace NeuralNet.Onnx;

/// <summary>Indices into tensors whose numbers are moved, left out or repeated.</summary>
internal static class Broadcast
{
    /// <summary>How far apart two numbers lie that are neighbours along each dimension.</summary>
    public static int[] Strides(int[] dimensions)
    {
        int[] strides = new int[dimensions.Length];
        for (int axis = dimensions.Length - 1, stride = 1; axis >= 0; stride *= dimensions[axis--])
            strides[axis] = stride;
        return strides;
    }

    /// <summary>For each place of a tensor, the sum over its axes of the place's index along the axis times a stride.</summary>
    /// <param name="dimensions">The dimensions, each at least 1.</param>
    /// <param name="strides">A stride for each.</param>
    /// <param name="count">The product of the dimensions.</param>
    /// <param name="start">The index for the first place.</param>
    public static int[] Indices(int[] dimensions, int[] strides, int count, int start = 0)
    {
        int[] indices = new int[count];
        int[] place = new int[dimensions.Length];
        int index = start;
        for (int i = 0; i < count; i++)
        {
            indices[i] = index;
            for (int axis = dimensions.Length - 1; axis >= 0; axis--)
            {
                index += strides[axis];
                if (++place[axis] < dimensions[axis])
                    break;
                index -= strides[axis] * dimensions[axis];
                place[axis] = 0;
            }
        }

        return indices;
    }

    /// <summary>The dimensions of two tensors together, as NumPy joins them; null if they do not fit.</summary>
    public static int[]? Join(int[] left, int[] right)
    {
        int[] joined = new int[Math.Max(left.Length, right.Length)];
        for (int i = 1; i <= joined.Length; i++)
        {
            int a = i <= left.Length ? left[^i] : 1, b = i <= right.Length ? right[^i] : 1;
            if (a != b && a != 1 && b != 1)
                return null;
            joined[^i] = a == 1 ? b : a;
        }

        return joined;
    }

    /// <summary>For each place of what two tensors are joined to, the index in one of them.</summary>
    public static int[] IndicesOf(int[] dimensions, int[] joined, int count)
    {
        int[] own = Strides(dimensions), strides = new int[joined.Length];
        for (int i = 1; i <= dimensions.Length; i++)
            strides[^i] = dimensions[^i] == 1 ? 0 : own[^i];
        return Indices(joined, strides, count);
    }
}
