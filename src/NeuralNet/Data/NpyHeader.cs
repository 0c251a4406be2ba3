using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>The header of a NumPy file: the type of the values, their order and their shape, written as a dictionary of Python.</summary>
/// <param name="IsBigEndian">Whether the highest byte of a value comes first.</param>
/// <param name="Type">The kind and the size of a value in bytes, such as <c>f4</c>.</param>
/// <param name="IsFortranOrder">Whether the first dimension runs fastest.</param>
/// <param name="Dimensions">The shape; none for a single value.</param>
internal sealed record NpyHeader(bool IsBigEndian, string Type, bool IsFortranOrder, int[] Dimensions)
{
    private const int Alignment = 64, LongestHeader = 1 << 16, MostDimensions = 64;

    // NumPy leaves so much room that the first dimension can grow to so many digits in its place.
    private const int GrowthDigits = 21;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The shape as NumPy writes it: <c>(3, 4)</c>, <c>(3,)</c>, <c>()</c>.</summary>
    public string Shape
    {
        get
        {
            string[] numbers = Array.ConvertAll(Dimensions, dimension => dimension.ToString(CultureInfo.InvariantCulture));
            return numbers.Length == 1 ? $"({numbers[0]},)" : $"({string.Join(", ", numbers)})";
        }
    }

    /// <summary>The number of values.</summary>
    public int Count { get; } = Dimensions.Aggregate(1, (product, dimension) => product * dimension);

    /// <summary>The bytes of a file up to its values, as NumPy writes them: version 1.0.</summary>
    public byte[] ToBytes()
    {
        string order = Type.EndsWith('1') ? "|" : IsBigEndian ? ">" : "<";
        string text = $"{{'descr': '{order}{Type}', 'fortran_order': {(IsFortranOrder ? "True" : "False")}, 'shape': {Shape}, }}";
        if (Dimensions.Length > 0)
            text = text.PadRight(text.Length + GrowthDigits - Dimensions[0].ToString(CultureInfo.InvariantCulture).Length);

        int start = Magic.Length + 4, end = start + text.Length + 1;
        var bytes = new byte[end + Alignment - (end % Alignment)];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), (ushort)(bytes.Length - start));
        bytes.AsSpan(start).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(start));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>Reads a file up to its values.</summary>
    public static NpyHeader Read(UntrustedFile file)
    {
        Span<byte> prefix = stackalloc byte[8], length = stackalloc byte[4];
        file.ReadHeader(prefix, "magic string and version");
        if (!prefix.StartsWith(Magic))
            throw new InvalidDataException($"{file.Name} is not a NumPy file: expected the bytes 93 4e 55 4d 50 59 at its beginning, found {Convert.ToHexStringLower(prefix[..Magic.Length])}.");
        (byte major, byte minor) = (prefix[6], prefix[7]);
        if (major is not (1 or 2 or 3) || minor != 0)
            throw new InvalidDataException($"{file.Name}: expected version 1.0, 2.0 or 3.0 of the format, found {major}.{minor}.");

        length.Clear();
        file.ReadHeader(length[..(major == 1 ? 2 : 4)], "header length");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size > LongestHeader)
            throw new InvalidDataException($"{file.Name}: expected a header of at most {LongestHeader} bytes, found {size}.");

        var text = new byte[size];
        file.ReadHeader(text, "header");
        return new Parser(file.Name, Encoding.Latin1.GetString(text)).Read();
    }

    /// <summary>Reads the dictionary: three keys in any order, each once.</summary>
    private sealed class Parser(string file, string text)
    {
        private int place;

        public NpyHeader Read()
        {
            (bool IsBigEndian, string Type)? type = null;
            bool? isFortranOrder = null;
            int[]? dimensions = null;
            Expect('{');
            while (!Found('}'))
            {
                string key = Quoted();
                Expect(':');
                if (key == "descr" && type is null)
                    type = ReadType();
                else if (key == "fortran_order" && isFortranOrder is null)
                    isFortranOrder = Truth();
                else if (key == "shape" && dimensions is null)
                    dimensions = ReadShape();
                else
                    throw Wrong("each of the keys 'descr', 'fortran_order' and 'shape' once", $"'{key}'");

                if (Found(','))
                    continue;
                Expect('}');
                break;
            }

            SkipSpace();
            if (place < text.Length)
                throw Wrong("nothing but spaces behind the dictionary", Next());
            if (type is null || isFortranOrder is null || dimensions is null)
                throw Wrong("the keys 'descr', 'fortran_order' and 'shape'", "not all of them");
            return new NpyHeader(type.Value.IsBigEndian, type.Value.Type, isFortranOrder.Value, dimensions);
        }

        private (bool IsBigEndian, string Type) ReadType()
        {
            const string Known = "one of f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1 behind < or > (or | for one byte)";
            SkipSpace();
            if (place < text.Length && text[place] is '[' or '(')
                throw Wrong($"values of one number each, {Known}", "a structured type");

            string descr = Quoted();
            if (descr.Contains('O', StringComparison.Ordinal))
                throw Wrong($"values that are numbers, {Known}", $"Python objects, '{descr}', which only Python can read");
            string type = descr.Length == 3 ? descr[1..] : "";
            bool isKnown = type is "f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "b1";
            if (!isKnown || !(descr[0] is '<' or '>' || (descr[0] == '|' && type[1] == '1')))
                throw Wrong($"a type that is {Known}", $"'{descr}'");
            return (descr[0] == '>', type);
        }

        private int[] ReadShape()
        {
            List<int> dimensions = [];
            bool endsInComma = true;
            Expect('(');
            while (!Found(')'))
            {
                if (!endsInComma || dimensions.Count == MostDimensions)
                    throw Wrong($"a shape of at most {MostDimensions} dimensions, separated by commas", Next());
                dimensions.Add(Dimension());
                endsInComma = Found(',');
            }

            if (dimensions.Count == 1 && !endsInComma)
                throw Wrong("a tuple, such as (3,)", "a number in brackets");

            UInt128 count = 1;
            foreach (int dimension in dimensions)
                count = UInt128.Min(count * (uint)dimension, ulong.MaxValue);
            if (count > (UInt128)Array.MaxLength && !dimensions.Contains(0))
                throw Wrong($"at most the {Array.MaxLength} values that fit into one array", $"the shape ({string.Join(", ", dimensions)})");
            return [.. dimensions];
        }

        private int Dimension()
        {
            SkipSpace();
            int start = place;
            while (place < text.Length && char.IsAsciiDigit(text[place]))
                place++;
            string digits = text[start..place];
            if (digits.Length == 0)
                throw Wrong("a dimension, a whole number of at least 0", Next());

            // Python 2 marked long numbers so.
            if (place < text.Length && text[place] == 'L')
                place++;
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int dimension) && (digits.Length == 1 || digits[0] != '0')
                ? dimension
                : throw Wrong($"a dimension from 0 to {int.MaxValue}", digits.Length > 20 ? $"one of {digits.Length} digits" : digits);
        }

        private bool Truth() =>
            Follows("True") || (Follows("False") ? false : throw Wrong("True or False", Next()));

        private bool Follows(string word)
        {
            SkipSpace();
            if (!text.AsSpan(place).StartsWith(word, StringComparison.Ordinal))
                return false;
            place += word.Length;
            return true;
        }

        private string Quoted()
        {
            SkipSpace();
            int end = place < text.Length && text[place] is '\'' or '"' ? text.IndexOf(text[place], place + 1) : -1;
            if (end < 0)
                throw Wrong("a string in quotes", Next());
            string content = text[(place + 1)..end];
            place = end + 1;
            return content.Length <= 20 ? content : throw Wrong("a string of at most 20 letters", $"one of {content.Length}");
        }

        private bool Found(char symbol)
        {
            SkipSpace();
            if (place == text.Length || text[place] != symbol)
                return false;
            place++;
            return true;
        }

        private void Expect(char symbol)
        {
            if (!Found(symbol))
                throw Wrong($"'{symbol}'", Next());
        }

        private void SkipSpace()
        {
            while (place < text.Length && text[place] is ' ' or '\n' or '\t')
                place++;
        }

        private string Next() => place < text.Length ? $"'{text[place]}' at its place {place}" : "its end";

        private InvalidDataException Wrong(string expected, string found) => new($"{file}: expected in its header {expected}, found {found}.");
    }
}
