namespace NeuralNet;

/// <summary>What checks look at. What is not known is null or empty, and checks that ask for it find nothing.</summary>
internal sealed record Evidence<T>(Network<T> Network)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double LearnedShare = 0.5;

    /// <summary>The samples.</summary>
    public DataSurvey<T>? Data { get; init; }

    /// <summary>Whether <see cref="Data"/> is all there is to learn from, and not one batch of it.</summary>
    public bool HasAllData { get; init; }

    /// <summary>A pass through the network.</summary>
    public Pass<T>? Pass { get; init; }

    /// <summary>Whether layers may be run once more, with other weights.</summary>
    public bool MayProbe { get; init; }

    /// <summary>The loss, and that of a network that says nothing: see <see cref="Pass{T}.SilentLoss"/>.</summary>
    public (double Loss, double Silent)? Losses { get; init; }

    /// <summary>Whether half of what there was to learn is learned. What is sure of itself and stands still then is no fault.</summary>
    public bool HasLearned => Losses is { } losses && double.IsFinite(losses.Silent) && losses.Loss < LearnedShare * losses.Silent;

    /// <summary>An update.</summary>
    public IReadOnlyList<ParameterChange<T>> Changes { get; init; } = [];

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>All findings of all checks.</summary>
    public IEnumerable<Finding> Examine() => Check<T>.All.SelectMany(check => check.Examine(this));
}
