using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What an optimizer's next update would do with the gradients as they are, worked out on copies.</summary>
internal static class UpdateRehearsal
{
    public static IReadOnlyList<ParameterChange<T>> Of<T>(Optimizer<T> optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<Parameter<T>> originals = optimizer.Network.Parameters;
        Parameter<T>[] copies = [.. originals.Select(Copy)];
        double[] gradientNorms = [.. originals.Select(parameter => TensorStatistics.Of(parameter.Gradient).Norm)];
        int slotsEach = optimizer.Rule.SlotNames.Count;
        double rate = optimizer.LearningRate;

        using ThreadLimit.Scope limit = ThreadLimit.Enter(optimizer.Network.MaxThreads);
        Parameter<T>[] trainable = [.. copies.Where(copy => copy.Trainable)];
        foreach (IGradientTransform transform in optimizer.Transforms)
            transform.Apply<T>(trainable);
        for (int i = 0; i < copies.Length; i++)
        {
            if (!copies[i].Trainable)
                continue;
            OptimizerSlot<T>[] slots = [.. optimizer.Slots.Skip(i * slotsEach).Take(slotsEach).Select((slot, index) => Copy(slot, optimizer.Rule.SlotNames[index], copies[i]))];
            optimizer.Rule.Update(copies[i].Value.Values(), copies[i].Gradient.Values(), new Slots<T>(slots), new UpdateStep(rate, optimizer.StepNumber + 1 - optimizer.SkippedUpdates[i], copies[i].Decays));
        }

        return [.. originals.Select((parameter, i) => ParameterChange<T>.Between(parameter, parameter.Value, copies[i].Value, gradientNorms[i], rate))];
    }

    private static Parameter<T> Copy<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var copy = new Parameter<T>(parameter.Name, parameter.Shape, parameter.Value.Clone(), parameter.Decays) { Trainable = parameter.Trainable };
        parameter.Gradient.CopyTo(copy.Gradient);
        return copy;
    }

    private static OptimizerSlot<T> Copy<T>(OptimizerSlot<T> slot, string name, Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var copy = new OptimizerSlot<T>(name, parameter);
        slot.Value.CopyTo(copy.Value);
        return copy;
    }
}
