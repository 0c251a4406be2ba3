using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

// One of these for each height. They are written out, field by field: the compiler keeps flat structs of vectors in registers, nested ones it does not.

/// <summary>A tile one vector high.</summary>
internal unsafe struct OneVector<T, V>(V first) : ITileRows<OneVector<T, V>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    private V first = first;

    public static int Lanes => V.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T, V> Load(T* source) => new(V.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T, V> LoadFirst(T* source, int rows) =>
        new(V.LoadFirst(source, rows));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, OneVector<T, V> value, int rows)
    {
        V.StoreFirst(destination, value.first, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T, V> Rectify(OneVector<T, V> value) => new(V.Rectify(value.first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T, V> Broadcast(T value)
    {
        V all = V.Broadcast(value);
        return new(all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(OneVector<T, V> a, T* b)
    {
        V all = V.Broadcast(*b);
        V.AddProduct(ref first, a.first, all);
    }
}

/// <summary>A tile two vectors high.</summary>
internal unsafe struct TwoVectors<T, V>(V first, V second) : ITileRows<TwoVectors<T, V>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    private V first = first, second = second;

    public static int Lanes => 2 * V.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T, V> Load(T* source) => new(V.Load(source), V.Load(source + V.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T, V> LoadFirst(T* source, int rows) =>
        new(V.Load(source), V.LoadFirst(source + V.Width, rows - V.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, TwoVectors<T, V> value, int rows)
    {
        V.Store(destination, value.first);
        V.StoreFirst(destination + V.Width, value.second, rows - V.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T, V> Rectify(TwoVectors<T, V> value) => new(V.Rectify(value.first), V.Rectify(value.second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T, V> Broadcast(T value)
    {
        V all = V.Broadcast(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(TwoVectors<T, V> a, T* b)
    {
        V all = V.Broadcast(*b);
        V.AddProduct(ref first, a.first, all);
        V.AddProduct(ref second, a.second, all);
    }
}

/// <summary>A tile three vectors high.</summary>
internal unsafe struct ThreeVectors<T, V>(V first, V second, V third) : ITileRows<ThreeVectors<T, V>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    private V first = first, second = second, third = third;

    public static int Lanes => 3 * V.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<T, V> Load(T* source) => new(V.Load(source), V.Load(source + V.Width), V.Load(source + (2 * V.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<T, V> LoadFirst(T* source, int rows) =>
        new(V.Load(source), V.Load(source + V.Width), V.LoadFirst(source + (2 * V.Width), rows - (2 * V.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, ThreeVectors<T, V> value, int rows)
    {
        V.Store(destination, value.first);
        V.Store(destination + V.Width, value.second);
        V.StoreFirst(destination + (2 * V.Width), value.third, rows - (2 * V.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<T, V> Rectify(ThreeVectors<T, V> value) => new(V.Rectify(value.first), V.Rectify(value.second), V.Rectify(value.third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<T, V> Broadcast(T value)
    {
        V all = V.Broadcast(value);
        return new(all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(ThreeVectors<T, V> a, T* b)
    {
        V all = V.Broadcast(*b);
        V.AddProduct(ref first, a.first, all);
        V.AddProduct(ref second, a.second, all);
        V.AddProduct(ref third, a.third, all);
    }
}

/// <summary>A tile four vectors high.</summary>
internal unsafe struct FourVectors<T, V>(V first, V second, V third, V fourth) : ITileRows<FourVectors<T, V>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    private V first = first, second = second, third = third, fourth = fourth;

    public static int Lanes => 4 * V.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<T, V> Load(T* source) => new(V.Load(source), V.Load(source + V.Width), V.Load(source + (2 * V.Width)), V.Load(source + (3 * V.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<T, V> LoadFirst(T* source, int rows) =>
        new(V.Load(source), V.Load(source + V.Width), V.Load(source + (2 * V.Width)), V.LoadFirst(source + (3 * V.Width), rows - (3 * V.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, FourVectors<T, V> value, int rows)
    {
        V.Store(destination, value.first);
        V.Store(destination + V.Width, value.second);
        V.Store(destination + (2 * V.Width), value.third);
        V.StoreFirst(destination + (3 * V.Width), value.fourth, rows - (3 * V.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<T, V> Rectify(FourVectors<T, V> value) => new(V.Rectify(value.first), V.Rectify(value.second), V.Rectify(value.third), V.Rectify(value.fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<T, V> Broadcast(T value)
    {
        V all = V.Broadcast(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(FourVectors<T, V> a, T* b)
    {
        V all = V.Broadcast(*b);
        V.AddProduct(ref first, a.first, all);
        V.AddProduct(ref second, a.second, all);
        V.AddProduct(ref third, a.third, all);
        V.AddProduct(ref fourth, a.fourth, all);
    }
}
