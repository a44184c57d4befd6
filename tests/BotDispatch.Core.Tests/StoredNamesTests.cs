using System.Reflection;
using System.Text.Json.Serialization;

namespace BotDispatch.Core.Tests;

/// <summary>Our public interface is what we stored yesterday: names are added, never changed.</summary>
public class StoredNamesTests
{
    const string List = "tests/BotDispatch.Core.Tests/StoredNames.approved.txt";

    static readonly Type[] Stored = [.. typeof(DispatchState).Assembly.GetExportedTypes()];

    [Fact]
    public void Every_stored_name_is_approved()
    {
        var families = from family in Stored
                       let names = family.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().ToList()
                       where names.Count > 0
                       orderby family.Name
                       select $"{family.Name}: " + string.Join(", ", names.Select(name => name.TypeDiscriminator).Order());
        var enums = from type in Stored where type.IsEnum orderby type.Name select $"{type.Name}: " + string.Join(", ", Enum.GetNames(type));
        var records = from type in StoredRecords()
                      orderby type.FullName
                      select $"{type.FullName!["BotDispatch.Core.".Length..].Replace('+', '.')}: " + string.Join(", ", PropertiesOf(type));
        string.Join("\n", ["# Closed families", .. families, "", "# Enums", .. enums, "", "# Properties", .. records, ""]).ShouldBeApprovedIn(List);
    }

    [Fact]
    public void Every_case_of_a_stored_family_has_a_name_of_its_own()
    {
        foreach (var family in new[] { typeof(DispatchEvent), typeof(Phase), typeof(Resolution) })
        {
            var named = family.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().ToList();
            named.Select(name => name.DerivedType).ShouldBe(family.GetNestedTypes().Where(type => type.IsSubclassOf(family)), ignoreOrder: true);
            named.Select(name => name.TypeDiscriminator).ShouldBeUnique();
        }
    }

    static IEnumerable<Type> StoredRecords()
    {
        Type[] plain = [typeof(DispatchState), typeof(Leg), typeof(CalleeProgress), typeof(CallLength), typeof(DispatchPlan), typeof(Ticket), typeof(Callee),
            typeof(EscalationPolicy), typeof(Person), typeof(ChatChannel), typeof(LegReport), typeof(Mirror)];
        return plain.Concat(Stored.Where(type => type.BaseType is { } family && (family == typeof(DispatchEvent) || family == typeof(Phase) || family == typeof(Resolution))));
    }

    static IEnumerable<string> PropertiesOf(Type type) =>
        from property in type.GetProperties()
        where property.GetMethod is { IsStatic: false } && !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false)
        select property.GetCustomAttribute<JsonPropertyNameAttribute>() is { Name: var stored } ? char.ToUpperInvariant(stored[0]) + stored[1..] : property.Name;
}
