namespace NeuralNet.Tests;

/// <summary>Every metric of the library.</summary>
internal static class MetricCases
{
    public static IReadOnlyList<MetricCase> All { get; } =
    [
        new("Accuracy", () => new Accuracy(), "accuracy"),
        new("TopKAccuracy 1", () => new TopKAccuracy(1), "top_1_accuracy"),
        new("TopKAccuracy 2", () => new TopKAccuracy(), "top_2_accuracy"),
        new("TopKAccuracy 3", () => new TopKAccuracy(3), "top_3_accuracy"),
        new("Precision macro", () => new Precision(), "precision_macro"),
        new("Precision micro", () => new Precision(Averaging.Micro), "precision_micro"),
        new("Precision weighted", () => new Precision(Averaging.Weighted), "precision_weighted"),
        new("Precision label 1", () => new Precision(label: 1), "precision_class_1"),
        new("Precision label 2", () => new Precision(label: 2), "precision_class_2"),
        new("Recall macro", () => new Recall(), "recall_macro"),
        new("Recall micro", () => new Recall(Averaging.Micro), "recall_micro"),
        new("Recall weighted", () => new Recall(Averaging.Weighted), "recall_weighted"),
        new("Recall label 1", () => new Recall(label: 1), "recall_class_1"),
        new("Recall label 2", () => new Recall(label: 2), "recall_class_2"),
        new("F1Score macro", () => new F1Score(), "f1_macro"),
        new("F1Score micro", () => new F1Score(Averaging.Micro), "f1_micro"),
        new("F1Score weighted", () => new F1Score(Averaging.Weighted), "f1_weighted"),
        new("F1Score label 1", () => new F1Score(label: 1), "f1_class_1"),
        new("F1Score label 2", () => new F1Score(label: 2), "f1_class_2"),
        new("RocAuc macro", () => new RocAuc(), "roc_auc"),
        new("RocAuc micro", () => new RocAuc(Averaging.Micro), "roc_auc_micro"),
        new("RocAuc weighted", () => new RocAuc(Averaging.Weighted), "roc_auc_weighted"),
        new("LogLoss", () => new LogLoss(), "log_loss"),
        new("MeanSquaredError", () => new MeanSquaredError(), "mean_squared_error"),
        new("MeanAbsoluteError", () => new MeanAbsoluteError(), "mean_absolute_error"),
        new("R2", () => new R2(), "r2"),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static MetricCase Row(string name) => All.Single(row => row.Name == name);
}
