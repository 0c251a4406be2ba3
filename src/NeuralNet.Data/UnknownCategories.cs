namespace NeuralNet;

/// <summary>What becomes of a category that the table did not have to which a schema was fitted.</summary>
public enum UnknownCategories
{
    /// <summary>It is an error.</summary>
    Error,

    /// <summary>It counts as one more category, the last, which all unknown ones share.</summary>
    Other,
}
