using System.Diagnostics;
using System.Text;

namespace NeuralNet.Tests;

/// <summary>Whatever is done to a CSV file, it is a data set or an <see cref="InvalidDataException"/>, soon and in memory of its size.</summary>
public class CsvFuzzTests
{
    private const int Mutations = 12_000;

    private const string Signs = "\",\n\r;\t #'";

    private static readonly string[] Words = ["NaN", "Infinity", "1e999", "-0", "NA", "\0", "\uFEFF", "0x10", "1_000", "\"\"", "sep=;\n"];

    private static readonly byte[] Original = Encoding.UTF8.GetBytes(Rows());

    private static readonly TabularSchema[] Schemas =
    [
        TabularSchema.Classification("species") with { Ignored = ["id"], OneHot = ["colour"], Indexed = ["soil"] },
        TabularSchema.Regression("length", "width") with { OneHot = ["colour", "species", "note"], Indexed = ["soil"], Missing = MissingPolicy.MostFrequent, Unknown = UnknownCategories.Other },
        TabularSchema.BinaryClassification("soil") with { Ignored = ["note"], Indexed = ["colour", "species"], Missing = MissingPolicy.DropRow, MaxCategories = 30 },
    ];

    [Fact]
    public void Any_file_is_a_data_set_or_InvalidDataException()
    {
        TabularEncoder[] encoders = Array.ConvertAll(Schemas, schema => schema.Fit(Table(Original, 0)));
        int read = 0, refused = 0;
        for (int seed = 0; seed < Mutations; seed++)
        {
            byte[] file = Mutate(Original, new CounterRandom((ulong)seed));
            TabularSchema schema = Schemas[seed % Schemas.Length];
            var clock = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                CsvTable table = Table(file, seed);
                TabularData<float> data = seed % 2 == 0 ? table.ToDataset<float>(schema) : encoders[seed % Schemas.Length].Encode<float>(table);
                data.Dataset.Count.Should().Be(data.Rows.Length).And.BeInRange(1, table.RowCount);
                TabularTests.Features(data.Dataset).Enumerate().Should().OnlyContain(value => float.IsFinite(value));
                read++;
            }
            catch (InvalidDataException e)
            {
                e.Message.Should().StartWith("fuzzed");
                e.Message.Length.Should().BeLessThan(2000, "no field of a file is printed whole");
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed} gave {e.GetType().Name}: {e.Message}\n{Encoding.UTF8.GetString(file)}", e);
            }

            // What the parser and the test need of any file, and some hundred bytes for each of the file: every field is some objects for a while.
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000 + (200L * file.Length), "of seed {0}", seed);
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20), "of seed {0}", seed);
        }

        // Both happen often, or the mutations are too weak or too strong to tell anything.
        read.Should().BeGreaterThan(Mutations / 20);
        refused.Should().BeGreaterThan(Mutations / 20);
    }

    private static CsvTable Table(byte[] file, int seed) => seed % 4 < 2
        ? Csv.Read(new MemoryStream(file), name: "fuzzed")
        : Csv.Read(new StringReader(Encoding.UTF8.GetString(file)), name: "fuzzed");

    private static string Rows()
    {
        var text = new StringBuilder("id,length,width,colour,soil,note,species\r\n");
        for (int i = 0; i < 40; i++)
            text.Append(Invariant($"{i},{i % 7}.5,{i * 3 % 11}e-1,{"red green blue".Split(' ')[i % 3]},{(i % 5 < 2 ? "wet" : "dry")},{(i % 4 == 0 ? "\"say \"\"hi\"\",\nor not\"" : "plain")},{"setosa versicolor ばら".Split(' ')[i % 3]}\r\n"));
        return text.ToString();

        static string Invariant(FormattableString line) => FormattableString.Invariant(line);
    }

    private static byte[] Mutate(byte[] original, CounterRandom random)
    {
        List<byte> file = [.. original];
        for (int count = 1 + random.Next(3); count > 0; count--)
        {
            int place = random.Next(file.Count + 1), other = random.Next(file.Count + 1);
            (int start, int end) = (Math.Min(place, other), Math.Max(place, other));
            switch (random.Next(9))
            {
                case 0 when file.Count > 0:
                    file[place % file.Count] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file.RemoveRange(place, file.Count - place);
                    break;
                case 2:
                    file.RemoveRange(start, Math.Min(end - start, random.Next(40)));
                    break;
                case 3:
                    file.InsertRange(place, file.GetRange(start, end - start));
                    break;
                case 4:
                    file.InsertRange(place, Enumerable.Repeat((byte)random.Next(256), random.Next(20) == 0 ? 100_000 : random.Next(200)));
                    break;
                case 5:
                    file.InsertRange(place, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                default:
                    file.InsertRange(place, Enumerable.Repeat((byte)Signs[random.Next(Signs.Length)], random.Next(10) == 0 ? random.Next(2000) : 1));
                    break;
            }
        }

        return [.. file];
    }
}
