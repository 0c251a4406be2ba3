namespace NeuralNet;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>It may well be meant so.</summary>
    Note,

    /// <summary>It learns badly, slowly or not for long.</summary>
    Warning,

    /// <summary>It cannot learn like this, or not what is wanted.</summary>
    Error,
}
