using Microsoft.Extensions.Options;

namespace BotDispatch.Settings;

/// <summary>A section of the settings and the class that is bound to it.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Options">The options class.</param>
/// <param name="Bind">Binds and validates the class. Throws the exceptions of binding and validation.</param>
internal sealed record SettingSection(string Name, Type Options, Func<IServiceProvider, object> Bind)
{
    public static SettingSection Of<T>(string name) where T : class =>
        new(name, typeof(T), services => services.GetRequiredService<IOptions<T>>().Value);
}

/// <summary>
/// Sections that an administrator names, as <c>Tickets:Systems:lifts</c>. One setting of each says which section's settings it has.
/// </summary>
/// <param name="Name">The section that has them.</param>
/// <param name="KindSetting">The name of that setting.</param>
/// <param name="Kinds">What it can be, and the section with the settings of that kind.</param>
internal sealed record NamedSections(string Name, string KindSetting, IReadOnlyDictionary<string, string> Kinds)
{
    /// <summary>The setting that says the kind, with NAME for the name.</summary>
    public Setting Kind { get; } = new($"{Name}:NAME:{KindSetting}", SettingKind.Choice, "", [.. Kinds.Keys], null);

    /// <summary>Whether a setting with these parts is one of such a section, or is such a section.</summary>
    public bool Has(string[] parts) => parts.Length > 2 && Name.Equals($"{parts[0]}:{parts[1]}", StringComparison.OrdinalIgnoreCase);
}

/// <summary>All settings, read from the classes that they are bound to, so that no second list can differ from them.</summary>
internal sealed class SettingCatalogue
{
    readonly Dictionary<string, Setting> byName = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> subsections;

    /// <param name="sections">The classes, each with its section.</param>
    /// <param name="others">The settings that are read in another way.</param>
    /// <param name="named">Sections that an administrator names; null if there are none.</param>
    public SettingCatalogue(IEnumerable<SettingSection> sections, IEnumerable<Setting> others, NamedSections? named = null)
    {
        foreach (var (section, type, _) in sections)
        {
            var options = Activator.CreateInstance(type)!;
            foreach (var property in Setting.PropertiesOf(type))
                byName.TryAdd($"{section}:{property.Name}", Setting.Of(section, property, options));
        }
        Named = named;
        foreach (var other in named is null ? others : others.Append(named.Kind))
            byName.Add(other.Name, other);
        Sections = [.. byName.Keys.Where(name => name.Contains(':', StringComparison.Ordinal)).Select(name => name.Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        subsections = byName.Keys.Where(name => name.Split(':').Length > 2).Select(name => name[..name.LastIndexOf(':')])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (named is not null)
            subsections.Add(named.Name);
    }

    /// <summary>Sections that an administrator names; null if there are none.</summary>
    public NamedSections? Named { get; }

    public IReadOnlyCollection<Setting> All => byName.Values;

    /// <summary>The first parts of names that have several parts.</summary>
    public IReadOnlyList<string> Sections { get; }

    public Setting? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Whether the first two parts of these name a section within a section, as <c>Tickets:Redmine</c>.</summary>
    public bool HasSubsection(string[] parts) => parts.Length > 1 && subsections.Contains($"{parts[0]}:{parts[1]}");

    /// <summary>Returns the section within a section that is, or is near to, what these parts begin with; null if there is none.</summary>
    public string? NearestSubsection(string[] parts) => subsections
        .Select(each => (Name: each, Distance: Spelling.Distance(each, $"{parts[0]}:{parts[1]}")))
        .Where(each => each.Distance <= Spelling.Tolerance(parts[1]))
        .OrderBy(each => each.Distance).FirstOrDefault().Name;

    /// <summary>Returns the name that was most likely meant; null if none is near.</summary>
    public string? Nearest(string name)
    {
        var colon = name.LastIndexOf(':');
        var (section, leaf) = colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
        var near = byName.Keys
            .Select(each => (Name: each, Distance: Spelling.Distance(each, name)))
            .Where(each => each.Distance <= Spelling.Tolerance(leaf.Length > 0 ? leaf : name))
            .OrderBy(each => each.Distance).ThenBy(each => each.Name, StringComparer.Ordinal)
            .FirstOrDefault().Name;
        // The right setting in the wrong section.
        return near
            ?? (byName.ContainsKey(leaf) ? leaf : null)
            ?? byName.Keys.FirstOrDefault(each => leaf.Length > 3 && each.EndsWith(":" + leaf, StringComparison.OrdinalIgnoreCase))
            // The beginning of the right name, or the right name with more after it.
            ?? byName.Keys.Where(each => leaf.Length > 3 && each.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)
                && each[(each.LastIndexOf(':') + 1)..] is var own && (own.StartsWith(leaf, StringComparison.OrdinalIgnoreCase)
                    || leaf.StartsWith(own, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(each => each.Length).FirstOrDefault();
    }

    /// <summary>
    /// Returns a section, or a setting without a section, whose name is near to this first part of a name but not equal to it; null if
    /// there is none.
    /// </summary>
    public string? NearestRoot(string root) => Sections.Concat(byName.Keys.Where(name => !name.Contains(':', StringComparison.Ordinal)))
        .Select(each => (Name: each, Distance: Spelling.Distance(each, root)))
        .Where(each => each.Distance > 0 && each.Distance <= Spelling.Tolerance(each.Name))
        .OrderBy(each => each.Distance).FirstOrDefault().Name;
}
