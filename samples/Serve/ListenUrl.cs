namespace NeuralNet.Samples.Serve;

/// <summary>Where the server may listen.</summary>
internal static class ListenUrl
{
    public const string Wanted = "http://HOST:PORT without a path, the port from 0 to 65535, and 0, a free one, only with an IP address";

    private const int MostPort = 65_535;

    public static bool IsValid(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);

            // What is no number behind a colon is taken for a part of the host, and any host but localhost for all of the machine's addresses.
            bool isHost = address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal);
            bool isPort = address.Port is >= 0 and <= MostPort && (address.Port > 0 || !address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));
            return address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && isHost && isPort && address.PathBase.Length == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
