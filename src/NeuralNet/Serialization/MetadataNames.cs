using System.Reflection;
using System.Text;

namespace NeuralNet;

/// <summary>The names in a file's metadata that the library writes, in whatever format; all others are an application's.</summary>
internal static class MetadataNames
{
    /// <summary>The names of the classes, a JSON array of texts.</summary>
    public const string Classes = Prefix + "classes";

    /// <summary>The version of the library.</summary>
    public const string Library = Prefix + "version";

    /// <summary>Of a safetensors file, the framework whose names and layout the tensors have.</summary>
    public const string Format = "format";

    private const string Prefix = "neuralnet.";

    /// <summary>Whether a name is the file's own.</summary>
    public static bool IsReserved(string name) => name == Format || name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">A name is the file's own.</exception>
    public static void CheckFree(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(IsReserved) is { } name)
            throw new InvalidOperationException($"The metadata '{name}' bears a name of the file's own: expected one that is not '{Format}' and does not begin with '{Prefix}'.");
    }

    /// <summary>Whether a text can be written as UTF-8: it holds no half of a surrogate pair.</summary>
    public static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    /// <summary>The version of an assembly. What stands behind a plus is the commit, by which the same network's files would differ.</summary>
    public static string VersionOf(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
