using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>The kernels with the tests that cover them, and the shapes that matrix kernels are tested with: ones, odd sizes, and sizes around the vector widths and the transpose's block.</summary>
internal static class KernelCases
{
    /// <summary>Every class and struct of the kernels, and the tests that compare it, or what it is a part of, with a plain twin.</summary>
    public static IReadOnlyDictionary<Type, Type> Tests { get; } = new Dictionary<Type, Type>
    {
        // Products.
        [typeof(Gemm)] = typeof(GemmTests),
        [typeof(Product)] = typeof(GemmTests),
        [typeof(RowProduct<,>)] = typeof(GemmTests),
        [typeof(BlockedProduct<,>)] = typeof(GemmThreadTests),
        [typeof(ScaledProduct)] = typeof(ProviderProductTests),
        [typeof(Tiles<,>)] = typeof(GemmTests),
        [typeof(Tile<,,,>)] = typeof(GemmTests),
        [typeof(TileTask<>)] = typeof(GemmTests),
        [typeof(EvenWalk)] = typeof(GemmTests),
        [typeof(TapWalk)] = typeof(ConvolveTests),
        [typeof(OneVector<,>)] = typeof(GemmTests),
        [typeof(TwoVectors<,>)] = typeof(GemmTests),
        [typeof(ThreeVectors<,>)] = typeof(GemmTests),
        [typeof(FourVectors<,>)] = typeof(GemmTests),
        [typeof(OneColumn)] = typeof(GemmTests),
        [typeof(TwoColumns)] = typeof(GemmTests),
        [typeof(ThreeColumns)] = typeof(GemmTests),
        [typeof(FourColumns)] = typeof(GemmTests),
        [typeof(FiveColumns)] = typeof(GemmTests),
        [typeof(SixColumns)] = typeof(GemmTests),
        [typeof(Operand<>)] = typeof(PackingTests),
        [typeof(Packing)] = typeof(PackingTests),
        [typeof(RegisterTranspose)] = typeof(PackingTests),
        [typeof(SquareTranspose)] = typeof(PackingTests),
        [typeof(Workspace<>)] = typeof(GemmTests),
        [typeof(ParallelUnits)] = typeof(ParallelUnitsTests),

        // Convolutions.
        [typeof(Convolve)] = typeof(ConvolveTests),
        [typeof(ConvolutionShape)] = typeof(ConvolveTests),
        [typeof(WindowAxis)] = typeof(ConvolveTests),
        [typeof(TapPlan)] = typeof(ConvolveTests),
        [typeof(TapTable)] = typeof(ConvolveTests),
        [typeof(PlanePlan)] = typeof(ConvolveTests),
        [typeof(Planes)] = typeof(ConvolveTests),
        [typeof(PlaneProduct<>)] = typeof(ConvolveTests),
        [typeof(Segment)] = typeof(ConvolveTests),
        [typeof(Tap)] = typeof(ConvolveTests),
        [typeof(TapOffset)] = typeof(ConvolveTests),
        [typeof(TapProduct<>)] = typeof(ConvolveTests),
        [typeof(TapTask<>)] = typeof(ConvolveTests),
        [typeof(TapGradient<>)] = typeof(ConvolveTests),
        [typeof(ChannelStrips)] = typeof(ConvolveTests),
        [typeof(ColumnPanels)] = typeof(ConvolveTests),
        [typeof(Winograd)] = typeof(ConvolveTests),
        [typeof(WinogradRoom<>)] = typeof(ConvolveTests),
        [typeof(WinogradTransforms<,>)] = typeof(ConvolveTests),
        [typeof(WinogradKernels<>)] = typeof(ConvolveTests),
        [typeof(WinogradTask<>)] = typeof(ConvolveTests),
        [typeof(WinogradProduct<>)] = typeof(ConvolveTests),
        [typeof(WinogradGradient<>)] = typeof(ConvolveTests),
        [typeof(TileAxis)] = typeof(ConvolveTests),
        [typeof(TilePlaces)] = typeof(ConvolveTests),
        [typeof(TileGrid)] = typeof(ConvolveTests),
        [typeof(TilePiece)] = typeof(ConvolveTests),
        [typeof(TileImage<>)] = typeof(ConvolveTests),
        [typeof(TilePatch<>)] = typeof(ConvolveTests),
        [typeof(TileInputs<>)] = typeof(ConvolveTests),
        [typeof(TileOutputs<>)] = typeof(ConvolveTests),
        [typeof(WindowSweep)] = typeof(PoolTests),
        [typeof(MaxPool)] = typeof(PoolTests),
        [typeof(AveragePool)] = typeof(PoolTests),

        // Vectors and what drives them.
        [typeof(Scalar<>)] = typeof(SimdTests),
        [typeof(Simd128<>)] = typeof(SimdTests),
        [typeof(Simd256<>)] = typeof(SimdTests),
        [typeof(Simd512<>)] = typeof(SimdTests),
        [typeof(PartialVector)] = typeof(SimdTests),
        [typeof(SideBySide<>)] = typeof(SimdTests),
        [typeof(EverySecond<>)] = typeof(SimdTests),
        [typeof(Widest)] = typeof(ConvolveTests),
        [typeof(Sweep)] = typeof(SweepTests),
        [typeof(SampleScale)] = typeof(VectorKernelTests),
        [typeof(WorkerPool)] = typeof(WorkerPoolTests),
        [typeof(ThreadLimit)] = typeof(OptimizerThreadTests),

        // Functions of one number.
        [typeof(Elementary)] = typeof(ElementaryTests),
        [typeof(Constant<,>)] = typeof(ElementaryTests),
        [typeof(Polynomial<,>)] = typeof(ElementaryTests),
        [typeof(Exponential<,>)] = typeof(ElementaryTests),
        [typeof(Logarithm<,>)] = typeof(ElementaryTests),
        [typeof(Sigmoidal<,>)] = typeof(ElementaryTests),
        [typeof(ErrorFunction<,>)] = typeof(ElementaryTests),
        [typeof(Trigonometry<,>)] = typeof(ElementaryTests),
        [typeof(Elementwise)] = typeof(VectorKernelTests),
        [typeof(Addition)] = typeof(AdditionTests),
        [typeof(ReluOperator<>)] = typeof(VectorKernelTests),
        [typeof(LeakyReluOperator<>)] = typeof(VectorKernelTests),
        [typeof(ExpOperator<>)] = typeof(VectorKernelTests),
        [typeof(SigmoidOperator<>)] = typeof(VectorKernelTests),
        [typeof(TanhOperator<>)] = typeof(VectorKernelTests),
        [typeof(Relu6Operator<>)] = typeof(VectorKernelTests),
        [typeof(EluOperator<>)] = typeof(ActivationKernelTests),
        [typeof(GeluOperator<>)] = typeof(ActivationKernelTests),
        [typeof(GeluTanhOperator<>)] = typeof(ActivationKernelTests),
        [typeof(SiluOperator<>)] = typeof(ActivationKernelTests),
        [typeof(SoftplusOperator<>)] = typeof(ActivationKernelTests),
        [typeof(HardSigmoidOperator<>)] = typeof(VectorKernelTests),
        [typeof(HardSwishOperator<>)] = typeof(VectorKernelTests),
        [typeof(ScaleOperator<>)] = typeof(VectorKernelTests),
        [typeof(Gate)] = typeof(ActivationKernelTests),
        [typeof(NormalTail<,>)] = typeof(ActivationKernelTests),
        [typeof(PReluKernel)] = typeof(ActivationKernelTests),
        [typeof(LogSoftmaxKernel)] = typeof(ActivationKernelTests),
        [typeof(Gaussian)] = typeof(InitializerTests),
        [typeof(GramSchmidt)] = typeof(InitializerTests),

        // Losses and updates.
        [typeof(ElementwiseLoss)] = typeof(VectorKernelTests),
        [typeof(SquaredErrorOperator<>)] = typeof(VectorKernelTests),
        [typeof(HalfSquaredErrorOperator<>)] = typeof(VectorKernelTests),
        [typeof(CrossEntropyOperator<>)] = typeof(VectorKernelTests),
        [typeof(BinaryCrossEntropyOperator<>)] = typeof(VectorKernelTests),
        [typeof(AbsoluteErrorOperator<>)] = typeof(VectorKernelTests),
        [typeof(HuberOperator<>)] = typeof(VectorKernelTests),
        [typeof(SoftmaxLoss)] = typeof(VectorKernelTests),
        [typeof(LogLikelihoodOperator<>)] = typeof(VectorKernelTests),
        [typeof(KullbackLeiblerOperator<>)] = typeof(VectorKernelTests),
        [typeof(FocalOperator<>)] = typeof(VectorKernelTests),
        [typeof(HingeKernel)] = typeof(VectorKernelTests),
        [typeof(SoftmaxKernel)] = typeof(VectorKernelTests),
        [typeof(ParameterUpdate)] = typeof(VectorKernelTests),
        [typeof(LayerwiseUpdate)] = typeof(VectorKernelTests),
        [typeof(Piecewise)] = typeof(VectorKernelTests),
        [typeof(On)] = typeof(VectorKernelTests),
        [typeof(Off)] = typeof(VectorKernelTests),

        // Normalisations, masks, tables.
        [typeof(Columns)] = typeof(NormalizationKernelTests),
        [typeof(ColumnSum)] = typeof(NormalizationKernelTests),
        [typeof(ColumnNormalization)] = typeof(NormalizationKernelTests),
        [typeof(SampleNormalization)] = typeof(NormalizationKernelTests),
        [typeof(RandomMask)] = typeof(RandomMaskTests),
        [typeof(ScalarWord)] = typeof(RandomMaskTests),
        [typeof(Words128)] = typeof(RandomMaskTests),
        [typeof(Words256)] = typeof(RandomMaskTests),
        [typeof(Words512)] = typeof(RandomMaskTests),
        [typeof(EmbeddingTable)] = typeof(EmbeddingTableTests),

        // Images.
        [typeof(Resampling)] = typeof(ResamplingTests),
        [typeof(AffineMap)] = typeof(ResamplingTests),
        [typeof(ElasticField)] = typeof(ElasticFieldTests),

        // Matrices.
        [typeof(MatrixSpan<>)] = typeof(KernelTests),
        [typeof(Transpose)] = typeof(KernelTests),
        [typeof(Reduction)] = typeof(VectorKernelTests),
        [typeof(SumOfSquares)] = typeof(VectorKernelTests),
        [typeof(Gather)] = typeof(GatherTests),
        [typeof(ByteSquare)] = typeof(GatherTests),
        [typeof(ByteColumns<>)] = typeof(GatherTests),
        [typeof(ByteScale)] = typeof(GatherTests),
        [typeof(ByteTable<>)] = typeof(GatherTests),
    };

    /// <summary>m, k, n of a product.</summary>
    public static TheoryData<int, int, int> Products => new()
    {
        { 1, 1, 1 }, { 1, 7, 1 }, { 7, 1, 5 }, { 1, 5, 9 }, { 9, 5, 1 }, { 3, 3, 3 }, { 5, 7, 11 }, { 16, 16, 16 }, { 17, 33, 15 }, { 31, 2, 65 }, { 100, 50, 10 }, { 129, 170, 191 },
    };

    /// <summary>Rows and columns of a matrix.</summary>
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 1, 9 }, { 9, 1 }, { 3, 5 }, { 31, 33 }, { 32, 32 }, { 33, 31 }, { 64, 17 }, { 100, 10 }, { 7, 130 } };
}
