namespace NeuralNet.Tests;

public class TabularTests
{
    private const string Flowers = """
        id,length,colour,soil,species
        1,1.5,red,wet,b
        2,2.5,blue,dry,a
        3,4,red,dry,b
        4,0.5,green,wet,C
        """;

    private static readonly TabularSchema Species = TabularSchema.Classification("species") with { Ignored = ["id"], OneHot = ["colour"], Indexed = ["soil"] };

    [Fact]
    public void Columns_become_features_and_labels()
    {
        TabularData<float> data = Read(Flowers).ToDataset<float>(Species);

        data.FeatureNames.Should().Equal("length", "colour=blue", "colour=green", "colour=red", "soil");
        data.ClassNames.Should().Equal(["C", "a", "b"], "the order is ordinal");
        data.TargetNames.Should().Equal("species");
        data.Dataset.Labels.ToArray().Should().Equal(2, 1, 2, 0);
        data.Dataset.TargetShape.Should().Be((Shape)3);
        Features(data.Dataset).ToRowMajorArray().Should().Equal(1.5f, 0, 0, 1, 1, 2.5f, 1, 0, 0, 0, 4, 0, 0, 1, 0, 0.5f, 0, 1, 0, 1);
        data.Rows.ToArray().Should().Equal(0, 1, 2, 3);
        data.Encoder.CategoriesOf("soil").Should().Equal("dry", "wet");
        data.Encoder.CategoriesOf("length").Should().BeEmpty();
    }

    [Fact]
    public void Targets_are_numbers_of_several_columns_or_one_of_two_classes()
    {
        TabularData<double> numbers = Read("x,u,v\n1,2,3\n4,5,6\n").ToDataset<double>(TabularSchema.Regression("v", "u"));
        TabularData<double> two = Read("x,y\n1,no\n2,yes\n3,no\n").ToDataset<double>(TabularSchema.BinaryClassification("y"));

        Targets(numbers.Dataset).ToRowMajorArray().Should().Equal(3, 2, 6, 5);
        numbers.TargetNames.Should().Equal("v", "u");
        numbers.ClassNames.Should().BeEmpty();
        numbers.Dataset.Labels.ToArray().Should().BeEmpty();
        Targets(two.Dataset).ToRowMajorArray().Should().Equal(0, 1, 0);
        two.ClassNames.Should().Equal("no", "yes");
    }

    [Fact]
    public void A_second_file_is_read_with_the_columns_of_the_first()
    {
        TabularEncoder encoder = Species.Fit(Read(Flowers));
        TabularData<float> test = encoder.Encode<float>(Read("species,soil,note,length,colour\nb,dry,x,7,green\n"));

        test.FeatureNames.Should().Equal(encoder.FeatureNames);
        Features(test.Dataset).ToRowMajorArray().Should().Equal(7, 0, 1, 0, 0);
        test.Dataset.Labels.ToArray().Should().Equal(2);
        encoder.EncodeFeatures<double>(Read("length,colour,soil\n7,green,dry\n8,red,wet\n")).ToRowMajorArray().Should().Equal(7, 0, 1, 0, 0, 8, 0, 0, 1, 1);
    }

    public static TheoryData<string, string> Schemas => new()
    {
        { "classes", Flowers },
        { "numbers", "x,u,v\n1,2,3\n4,,6\n,8,9\n" },
        { "two classes", "x,c,y\n1,a,no\n2,,yes\n,b,no\n" },
    };

    [Theory, MemberData(nameof(Schemas))]
    public void An_encoder_is_kept_with_the_network_and_makes_the_same_numbers(string schema, string table)
    {
        TabularEncoder encoder = (schema switch
        {
            "classes" => Species with { Unknown = UnknownCategories.Other },
            "numbers" => TabularSchema.Regression("v") with { Missing = MissingPolicy.Mean, MissingByColumn = new Dictionary<string, MissingPolicy> { ["x"] = MissingPolicy.DropRow } },
            _ => TabularSchema.BinaryClassification("y") with { OneHot = ["c"], Missing = MissingPolicy.MostFrequent },
        }).Fit(Read(table));
        Network<float> network = Network.Input<float>(encoder.FeatureNames.Count).Affine(1).Build(seed: 1);
        network.Metadata["encoder"] = encoder.ToJson();
        using var file = new MemoryStream();
        network.Save(file);
        var loaded = TabularEncoder.FromJson(Network.Load<float>(file).Metadata["encoder"]);

        loaded.ToJson().Should().Be(encoder.ToJson());
        loaded.FeatureNames.Should().Equal(encoder.FeatureNames);
        loaded.TargetNames.Should().Equal(encoder.TargetNames);
        loaded.ClassNames.Should().Equal(encoder.ClassNames);
        TabularData<double> expected = encoder.Encode<double>(Read(table)), found = loaded.Encode<double>(Read(table));
        found.Rows.ToArray().Should().Equal(expected.Rows.ToArray());
        Features(found.Dataset).Should().Be(Features(expected.Dataset));
        Targets(found.Dataset).Should().Be(Targets(expected.Dataset));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "expected version 1, found 2.")]
    [InlineData("\"targets\":[\"species\"]", "\"targets\":[\"soil\"]", "expected targets and features with names that differ*")]
    [InlineData("[\"C\",\"a\",\"b\"]", "[\"a\",\"C\",\"b\"]", "expected classes that differ, in ordinal order*found 3 for Classes and 1 targets.")]
    [InlineData("\"kind\":\"OneHot\"", "\"kind\":\"Number\"", "The column 'colour' expects categories that differ, in ordinal order, and none for numbers, found 3 for Number.")]
    [InlineData("\"filling\":null}]", "\"filling\":2}]", "The column 'soil' expects a filling that is finite, or a category's index below 2, found 2.")]
    [InlineData("\"filling\":null}]", "\"filling\":-0.5}]", "The column 'soil' expects a filling that is finite, or a category's index below 2, found -0.5.")]
    [InlineData("\"columns\":", "\"rows\":", "*columns*")]
    [InlineData("\"columns\":[", "\"columns\":[null,", "expected names and columns, found null among them.")]
    [InlineData("[\"C\",\"a\",\"b\"]", "[null,\"a\"]", "expected classes that differ*")]
    [InlineData("\"targetKind\":\"Classes\"", "\"targetKind\":\"TwoClasses\"", "expected classes that differ*found 3 for TwoClasses*")]
    [InlineData("\"targetKind\":\"Classes\"", "\"targetKind\":9", "expected classes that differ*found 3 for 9*")]
    public void A_text_that_contradicts_itself_is_no_encoder(string part, string instead, string message)
    {
        string json = Species.Fit(Read(Flowers)).ToJson();
        json.Should().Contain(part);
        FluentActions.Invoking(() => OtherCulture.Run(() => TabularEncoder.FromJson(json.Replace(part, instead, StringComparison.Ordinal))))
            .Should().Throw<InvalidDataException>().WithMessage("The text is not that of an encoder: " + message);
    }

    [Fact]
    public void Unknown_categories_are_an_error_or_share_a_place_and_unknown_classes_are_always_an_error()
    {
        CsvTable second = Read("length,colour,soil,species\n7,pink,mud,b\n", "test.csv");
        TabularEncoder strict = Species.Fit(Read(Flowers)), lenient = (Species with { Unknown = UnknownCategories.Other }).Fit(Read(Flowers));

        Fails(() => strict.Encode<float>(second), "test.csv, line 2, column 'colour': expected a category that is known, 'blue', 'green', 'red', found 'pink'.");
        lenient.FeatureNames.Should().Equal("length", "colour=blue", "colour=green", "colour=red", "colour=(other)", "soil");
        Features(lenient.Encode<float>(second).Dataset).ToRowMajorArray().Should().Equal(7, 0, 0, 0, 1, 2);
        Fails(() => lenient.Encode<float>(Read("length,colour,soil,species\n7,red,wet,d\n")), "CSV, line 2, column 'species': expected a class that is known, 'C', 'a', 'b', found 'd'.");
    }

    // Of x: 1, 2, 2, 7; of c: q, p, p, q. By hand.
    [Theory]
    [InlineData("Mean", 3)]
    [InlineData("Median", 2)]
    [InlineData("MostFrequent", 2)]
    [InlineData("Constant", -1)]
    public void Missing_numbers_are_filled_with_what_was_fitted(string name, double filling)
    {
        MissingPolicy policy = name switch
        {
            "Mean" => MissingPolicy.Mean,
            "Median" => MissingPolicy.Median,
            "MostFrequent" => MissingPolicy.MostFrequent,
            _ => MissingPolicy.Constant(-1),
        };
        TabularEncoder encoder = (TabularSchema.Regression("y") with { Missing = policy }).Fit(Read("x,y\n1,0\n2,0\n,0\n2,0\n7,0\n"));

        Features(encoder.Encode<double>(Read("x,y\n,0\n100,0\nNA,0\n")).Dataset).ToRowMajorArray().Should().Equal(filling, 100, filling);
        encoder.EncodeFeatures<double>(Read("x\n?\n"))[0, 0].Should().Be(filling);
    }

    [Fact]
    public void A_median_of_an_even_count_is_the_mean_of_the_middle_two_and_a_huge_mean_is_finite()
    {
        CsvTable table = Read("x,y\n1,0\n2,0\n,0\n3,0\n7,0\n"), huge = Read("x,y\n1e308,0\n1.7e308,0\n,0\n");

        Features(table.ToDataset<double>(TabularSchema.Regression("y") with { Missing = MissingPolicy.Median }).Dataset)[2, 0].Should().Be(2.5);
        Features(huge.ToDataset<double>(TabularSchema.Regression("y") with { Missing = MissingPolicy.Mean }).Dataset)[2, 0].ShouldBeClose(1.35e308, 1e-15);
    }

    [Fact]
    public void Missing_categories_are_filled_too()
    {
        CsvTable table = Read("c,y\nq,0\np,0\n,0\np,0\nq,0\n");
        TabularSchema schema = TabularSchema.Regression("y") with { Indexed = ["c"] };

        Features(table.ToDataset<double>(schema with { Missing = MissingPolicy.MostFrequent }).Dataset).ToRowMajorArray().Should().Equal([1, 0, 0, 0, 1], "of several the first is taken");
        TabularData<double> constant = table.ToDataset<double>(schema with { MissingByColumn = new Dictionary<string, MissingPolicy> { ["c"] = MissingPolicy.Constant("none") } });
        constant.Encoder.CategoriesOf("c").Should().Equal("none", "p", "q");
        Features(constant.Dataset).ToRowMajorArray().Should().Equal(2, 1, 0, 1, 2);
    }

    [Fact]
    public void Rows_are_dropped_before_anything_is_fitted()
    {
        TabularSchema schema = TabularSchema.Classification("y") with
        {
            OneHot = ["c"],
            Missing = MissingPolicy.DropRow,
            MissingByColumn = new Dictionary<string, MissingPolicy> { ["x"] = MissingPolicy.Mean },
        };
        TabularData<double> data = Read("x,c,y\n1,p,a\n100,,a\n,q,b\n5,q,\n3,p,b\n").ToDataset<double>(schema);

        data.Rows.ToArray().Should().Equal(0, 2, 4);
        Features(data.Dataset).ToRowMajorArray().Should().Equal(1, 1, 0, 2, 0, 1, 3, 1, 0);
        Fails(() => data.Encoder.EncodeFeatures<double>(Read("x,c\n1,\n")), "CSV, line 2, column 'c': expected a category, found a missing value, ''.");
        Fails(() => data.Encoder.Encode<double>(Read("x,c,y\n1,,a\n")), "CSV: expected rows to encode, found none: a value is missing in each of 1.");
    }

    [Fact]
    public void What_does_not_suit_the_schema_is_told_with_file_line_and_column()
    {
        TabularSchema y = TabularSchema.Regression("y"), classes = TabularSchema.Classification("y");

        Fails(() => Read("x,y\n1,2\nred,3\n").ToDataset<float>(y), "CSV, line 3, column 'x': expected a finite number, found 'red'.");
        Fails(() => Read("x,y\n1,2\n1,red\n").ToDataset<float>(y), "CSV, line 3, column 'y': expected a finite number, found 'red'.");
        Fails(() => Read("x,y\n1,\n").ToDataset<float>(y), "CSV, line 2, column 'y': expected a target, found a missing value, ''.");
        Fails(() => Read("x,y\n1,a\n2,?\n").ToDataset<float>(classes), "CSV, line 3, column 'y': expected a target, found a missing value, '?'.");
        Fails(() => Read("x,y\nNA,2\n").ToDataset<float>(y), "CSV, line 2, column 'x': expected a finite number, found a missing value, 'NA'.");
        Fails(() => Read("x,y\nInfinity,2\n").ToDataset<float>(y), "CSV, line 2, column 'x': expected a finite number, found 'Infinity'.");
        Fails(() => Read("x,y\n1\0\0,2\n").ToDataset<float>(y), "CSV, line 2, column 'x': expected a finite number, found '1\0\0'.");
        Fails(() => Read("x,y\n1e999,2\n").ToDataset<float>(y), "CSV, line 2, column 'x': expected a finite number, found '1e999'.");
        Fails(() => Read("x,y\n1e40,2\n").ToDataset<float>(y), "CSV, line 2, column 'x': expected a number that fits Single, found '1e40'.");
        Fails(() => Read($"x,y\n{new string('7', 1000)}x,2\n").ToDataset<float>(y), $"CSV, line 2, column 'x': expected a finite number, found '{new string('7', 40)}...'.");
        Fails(() => Read("x,z\n1,2\n").ToDataset<float>(y), "CSV: expected a column 'y', found 'x', 'z'.");
        Fails(() => Read("y\n1\n").ToDataset<float>(y), "CSV: expected a column for features, found targets and ignored columns alone.");
        Fails(() => Read("x,y\n").ToDataset<float>(y), "CSV: expected rows to encode, found none.");
        Fails(() => Read("x,y\n1,a\n2,a\n").ToDataset<float>(classes), "CSV, column 'y': expected at least two classes, found 1.");
        Fails(() => Read("x,y\n1,a\n2,b\n3,c\n").ToDataset<float>(TabularSchema.BinaryClassification("y")), "CSV, column 'y': expected two classes, found 3.");
        Fails(() => Read("x,y\na,1\nb,1\nc,1\n").ToDataset<float>(y with { OneHot = ["x"], MaxCategories = 2 }),
            "CSV, line 4, column 'x': expected at most 2 categories, found 'c'. That is one more: ignore the column, or raise MaxCategories.");
    }

    [Fact]
    public void A_schema_that_contradicts_itself_is_told_in_words()
    {
        CsvTable table = Read("x,c,y\n1,p,2\n");
        TabularSchema y = TabularSchema.Regression("y") with { OneHot = ["c"] };

        Wrong(() => (y with { Ignored = ["c"] }).Fit(table), "The schema names the column 'c' twice; it has one part to play.");
        Wrong(() => (y with { Missing = MissingPolicy.Mean }).Fit(table), "The column 'c' has categories, which Mean cannot fill. Give it a policy of its own in MissingByColumn.");
        Wrong(() => (y with { Missing = MissingPolicy.Constant(0) }).Fit(table), "The column 'c' has categories, which Constant(0) cannot fill.*");
        Wrong(() => (y with { Missing = MissingPolicy.Constant("q") }).Fit(table), "The column 'x' has numbers, which Constant(q) cannot fill.*");
        Wrong(() => (y with { MissingByColumn = new Dictionary<string, MissingPolicy> { ["y"] = MissingPolicy.Mean } }).Fit(table), "The column 'y' is a target, which is never filled; got Mean.*");
        Wrong(() => MissingPolicy.Constant(double.NaN), "number must be finite; got NaN.*");
        Wrong(() => TabularSchema.Regression(), "A schema needs the names of its targets, at least one.*");
        Wrong(() => y.Fit(table).CategoriesOf("y"), "There is no column of features 'y'; there are 'x', 'c'.*");
        FluentActions.Invoking(() => y.Fit(table).EncodeFeatures<Half>(table)).Should().Throw<NotSupportedException>().WithMessage("The precision must be float or double; got Half.");

        static void Wrong(Func<object> action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Iris_is_as_it_was_published()
    {
        using Stream stream = System.Reflection.Assembly.Load("Tabular").GetManifestResourceStream("iris.csv")!;
        TabularData<double> iris = Csv.Read(stream).ToDataset<double>(TabularSchema.Classification("species"));

        // Fisher's means: 5.843, 3.057, 3.758, 1.199.
        iris.Dataset.Count.Should().Be(150);
        iris.Dataset.Labels.ToArray().CountBy(label => label).Should().OnlyContain(pair => pair.Value == 50);
        Scaling.Standardize(iris.Dataset).Offsets.ToArray().Select(mean => Math.Round(mean, 3)).Should().Equal(5.843, 3.057, 3.758, 1.199);
    }

    internal static Matrix<T> Features<T>(ArrayDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T> => All(dataset).Features;

    internal static Matrix<T> Targets<T>(ArrayDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T> => All(dataset).Targets;

    private static Batch<T> All<T>(ArrayDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        BatchEnumerator<T> batches = new Batches<T>(dataset, dataset.Count).InOrder();
        batches.MoveNext();
        return batches.Current;
    }

    private static CsvTable Read(string text, string name = "CSV") => Csv.Read(new StringReader(text), name: name);

    private static void Fails(Func<object> action, string message) => action.Should().Throw<InvalidDataException>().WithMessage(message);
}
