using System.Reflection;
using BotDispatch.Hosting;
using BotDispatch.Settings;
using Microsoft.Extensions.Configuration;

namespace BotDispatch.Tests.Settings;

/// <summary>Our own binding of settings beside the framework's binder, which it stands for in a native build.</summary>
public sealed class SettingsBindingTests
{
    const string Section = "Some:Section";

    public static TheoryData<string> Classes => [.. StartCheck.BoundTypes.Select(each => each.FullName!).Distinct()];

    static object Make(string name) => Activator.CreateInstance(StartCheck.BoundTypes.First(each => each.FullName == name))!;

    [Theory, MemberData(nameof(Classes))]
    public void Every_setting_is_filled_as_the_framework_would_fill_it(string name)
    {
        var (ours, theirs, untouched) = (Make(name), Make(name), Make(name));
        var section = Configuration([.. Setting.PropertiesOf(ours.GetType()).SelectMany((property, n) => Written(property, n))]);
        section.BindTo(ours);
        section.Bind(theirs);
        foreach (var property in Setting.PropertiesOf(ours.GetType()))
        {
            Shown(property, ours).ShouldBe(Shown(property, theirs), property.Name);
            Shown(property, ours).ShouldNotBe(Shown(property, untouched), $"{property.Name} has its default");
        }
    }

    [Theory, MemberData(nameof(Classes))]
    public void What_is_not_written_keeps_its_default(string name)
    {
        var (filled, untouched) = (Make(name), Make(name));
        Configuration().BindTo(filled);
        foreach (var property in Setting.PropertiesOf(filled.GetType()))
            Shown(property, filled).ShouldBe(Shown(property, untouched), property.Name);
    }

    [Theory]
    [InlineData("Whole", "three"), InlineData("Whole", ""), InlineData("Flag", "maybe"), InlineData("Span", "20 s"), InlineData("Choice", "Other"), InlineData("Number", "many")]
    public void A_value_that_cannot_be_read_is_named(string name, string value) =>
        Should.Throw<InvalidOperationException>(() => Configuration((name, value)).BindTo(new Kinds())).Message.ShouldBe($"{Section}:{name} cannot be read.");

    [Fact]
    public void An_empty_address_is_none_and_a_map_keeps_how_it_compares_names()
    {
        var kinds = new Kinds();
        Configuration(("Address", ""), ("Map:Ann@Example.com", "12")).BindTo(kinds);
        kinds.Address.ShouldBeNull();
        kinds.Map["ann@example.com"].ShouldBe("12");
    }

    static IConfigurationSection Configuration(params IEnumerable<(string Name, string Value)> written) => new ConfigurationBuilder()
        .AddInMemoryCollection(written.Select(each => KeyValuePair.Create($"{Section}:{each.Name}", (string?)each.Value))).Build().GetSection(Section);

    static IEnumerable<(string, string)> Written(PropertyInfo property, int n) => Setting.KindOf(property) switch
    {
        SettingKind.List => [($"{property.Name}:0", $"first {n}"), ($"{property.Name}:1", ""), ($"{property.Name}:10", "last")],
        SettingKind.Map => [($"{property.Name}:one", $"first {n}"), ($"{property.Name}:Two", "second")],
        SettingKind.Flag => [(property.Name, property.GetValue(Make(property.ReflectedType!.FullName!)) is true ? "false" : "True")],
        SettingKind.Whole or SettingKind.Number => [(property.Name, $"{7000 + n}")],
        SettingKind.Duration => [(property.Name, $"0.12:00:0{n % 10}")],
        SettingKind.Address => [(property.Name, $"https://{n}.example.com/path")],
        // The framework reads them in any case, as people write them.
        SettingKind.Choice => [(property.Name, Enum.GetNames(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)[^1].ToUpperInvariant())],
        _ => [(property.Name, $"text {n}")],
    };

    static string Shown(PropertyInfo property, object settings) => property.GetValue(settings) switch
    {
        IEnumerable<KeyValuePair<string, string>> map => string.Join(';', map.OrderBy(each => each.Key, StringComparer.Ordinal)),
        IEnumerable<string> list => string.Join(';', list),
        var value => $"{value}",
    };

    /// <summary>What can be chosen.</summary>
    public enum Some
    {
        One,
        Two,
    }

    /// <summary>Every kind of setting.</summary>
    public sealed class Kinds
    {
        public int Whole { get; set; }
        public bool Flag { get; init; }
        public TimeSpan Span { get; set; }
        public Some Choice { get; set; }
        public double Number { get; set; }
        public Uri? Address { get; set; } = new("https://example.com");
        public IDictionary<string, string> Map { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    }
}
