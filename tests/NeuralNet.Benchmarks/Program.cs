using System.Text;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using NeuralNet.Benchmarks;

// "compare" measures the library beside its peers and "bits" prints fingerprints of what it learns; anything else goes to BenchmarkDotNet, which measures single kernels.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is ["compare" or "bits", ..])
    return Commands.Run(args);

BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "benchmarks")));
return 0;
