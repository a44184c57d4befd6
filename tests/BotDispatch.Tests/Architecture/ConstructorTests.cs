using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Architecture;

/// <summary>A class that needs many others says why.</summary>
public sealed class ConstructorTests
{
    const int MostWithoutReason = 7;

    static readonly Dictionary<string, string[]> Sources = Directory
        .GetFiles(Path.Combine(Repository.Root, "src", "BotDispatch"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .ToDictionary(file => file, File.ReadAllLines);

    public static IEnumerable<object[]> EachLarge =>
        from type in typeof(DispatchEngine).Assembly.GetTypes()
        where type.IsClass && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.GetMethod("<Clone>$") is null
        where type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(each => each.GetParameters().Length > MostWithoutReason)
        select (object[])[type.Name.Split('`')[0]];

    [Fact]
    public void Some_classes_need_more_than_seven_others() => EachLarge.ShouldNotBeEmpty();

    [Theory, MemberData(nameof(EachLarge))]
    public void A_class_that_needs_more_than_seven_others_has_the_reason_above_it(string name)
    {
        var declaration = new Regex($@"\b(class {name}(<[^>]*>)?|public {name})\(");
        var above = Sources.Values.SelectMany(lines => lines.Index().Where(line => declaration.IsMatch(line.Item)).Select(line => lines[line.Index - 1].Trim())).ToList();
        above.ShouldContain(line => line.StartsWith("// ", StringComparison.Ordinal), $"{name} needs more than {MostWithoutReason} others, and no comment says why");
    }
}
