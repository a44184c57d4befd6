namespace BotDispatch.Settings;

/// <summary>The result of reading the settings.</summary>
/// <param name="Faults">What prevents the start. Each sentence begins with the name of a setting.</param>
/// <param name="Notices">What is odd but prevents nothing.</param>
/// <param name="Unreadable">The names of settings whose values cannot be read; <paramref name="Overlay"/> contains their defaults.</param>
/// <param name="Overlay">Values placed over the settings so that they can be bound: durations in .NET's notation, and defaults for values
/// that are empty or cannot be read.</param>
internal sealed record SettingReading(IReadOnlyList<string> Faults, IReadOnlyList<string> Notices, IReadOnlySet<string> Unreadable,
    IReadOnlyDictionary<string, string?> Overlay);

/// <summary>Checks names and values one by one before anything is bound, so that one wrong value does not hide another.</summary>
internal sealed class SettingReader(SettingCatalogue catalogue)
{
    // The settings of .NET's host, web server and logging, and those that editors and people add to a settings file.
    static readonly HashSet<string> OfFramework = new(StringComparer.OrdinalIgnoreCase)
    {
        "Logging", "Kestrel", "AllowedHosts", "ConnectionStrings", "urls", "http_ports", "https_ports", "https_port", "environment",
        "contentRoot", "applicationName", "webroot",
        "startupAssembly", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preventHostingStartup", "preferHostingUrls",
        "detailedErrors", "captureStartupErrors",
        "suppressStatusMessages", "shutdownTimeoutSeconds", "staticWebAssets", "hostBuilder", "forwardedHeaders_enabled",
        "servicesStartConcurrently", "servicesStopConcurrently",
        "startupTimeoutSeconds", "Metrics", "HttpSys", "Authentication", "DataProtection", "ReadOnlyDataProtectionKeyDirectory",
        "profiles", "iisSettings", "TEST_CONTENTROOT_BOTDISPATCH",
    };

    const string Program = "BOTDISPATCH";

    // The section with the settings that each named section has; null if its kind is not known.
    readonly Dictionary<string, string?> kinds = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> faults = [];
    readonly List<string> notices = [];
    readonly HashSet<string> unreadable = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string?> overlay = new(StringComparer.OrdinalIgnoreCase);

    public SettingReading Read(IEnumerable<WrittenSetting> written)
    {
        var all = written.ToList();
        foreach (var each in all)
            if (each.Name.Split(':') is [.., var name, var last] parts && catalogue.Named is { } named && named.Has(parts)
                && last.Equals(named.KindSetting, StringComparison.OrdinalIgnoreCase))
                kinds[name] = named.Kinds.GetValueOrDefault(each.Value?.Trim() ?? "");
        foreach (var each in all)
            Judge(each, each.Name.Split(':'));
        NoticeSingleUnderscores(all);
        return new(faults, notices, unreadable, overlay);
    }

    void Judge(WrittenSetting written, string[] parts)
    {
        if (catalogue.Sections.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
        {
            if (parts.Length > 1)
                JudgeOurs(written, parts);
            else if (!string.IsNullOrEmpty(written.Value) && written.Source is not SettingSource.Environment)
                faults.Add($"{parts[0]} is not a setting but a section of settings: {Among(parts[0])}.");
        }
        else if (catalogue.Find(parts[0]) is not null)
        {
            if (parts.Length > 1)
                faults.Add($"{written.Name} is not a setting: {parts[0]} takes one value.");
        }
        else if (parts is ["Logging", .., "LogLevel", _]
            && written.Value is { } level
            && !Enum.TryParse<LogLevel>(level, ignoreCase: true, out _))
        {
            // .NET would stop at this value while the app is built, before other settings are checked, and would not say where it is
            // written.
            faults.Add($"{written.Name} is not a log level: write {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            overlay[written.Name] = nameof(LogLevel.Information);
        }
        else if (written.Value is { Length: > 0 } && !OfFramework.Contains(parts[0]) && char.IsLetter(parts[0][0]))
            JudgeForeign(written, parts);
    }

    void JudgeOurs(WrittenSetting written, string[] parts)
    {
        if (catalogue.Named is { } named && named.Has(parts))
        {
            JudgeNamed(named, written, parts);
            return;
        }
        var depth = catalogue.HasSubsection(parts) ? 3 : 2;
        var section = string.Join(':', parts[..(depth - 1)]);
        if (parts.Length < depth)
        {
            if (!string.IsNullOrEmpty(written.Value))
                faults.Add($"{section} is not a setting but a section of settings: {Among(section)}.");
        }
        else if (catalogue.Find(string.Join(':', parts[..depth])) is not { } setting)
            AddUnknown(written, $"; {Among(section)}");
        else
            JudgeSetting(setting, written, parts, depth);
    }

    // Without its kind nothing can be said of the others.
    void JudgeNamed(NamedSections named, WrittenSetting written, string[] parts)
    {
        const int depth = 4;
        var own = string.Join(':', parts[..3]);
        if (parts.Length < depth)
        {
            if (!string.IsNullOrEmpty(written.Value))
                faults.Add($"{own} is not a setting but a section of settings: {own}:{named.KindSetting} says which it has.");
        }
        else if (parts[3].Equals(named.KindSetting, StringComparison.OrdinalIgnoreCase))
            JudgeSetting(named.Kind with { Name = $"{own}:{named.KindSetting}" }, written, parts, depth);
        else if (kinds.GetValueOrDefault(parts[2]) is not { } kind)
            return;
        else if (catalogue.Find($"{kind}:{parts[3]}") is { } setting)
            JudgeSetting(setting with { Name = $"{own}{setting.Name[kind.Length..]}" }, written, parts, depth);
        else
            faults.Add($"{written.Name} is not a setting of BotDispatch"
                + (catalogue.Nearest($"{kind}:{parts[3]}") is { } near && near.StartsWith(kind + ":", StringComparison.OrdinalIgnoreCase)
                    ? $": did you mean {own}{near[kind.Length..]}?" : $"; {own}{Among(kind)[kind.Length..]}."));
    }

    void JudgeSetting(Setting setting, WrittenSetting written, string[] parts, int depth)
    {
        if (parts.Length > (setting.IsSingle ? depth : depth + 1))
            faults.Add($"{written.Name} is not a setting: {setting.Name} takes "
                + $"{(setting.IsSingle ? "one value" : "values without parts of their own")}.");
        else if (parts.Length == depth && setting.IsSingle)
            JudgeValue(setting, written.Value);
        else if (parts.Length == depth + 1 && written.Value is { } entry)
            JudgeValue(setting.EntryOf(parts[depth]), entry);
        else if (parts.Length == depth && setting.Kind is SettingKind.List or SettingKind.Map && written.Value is { Length: > 0 })
        {
            // It would be ignored, and an empty list may admit everybody.
            var first = setting.Name + (setting.Kind is SettingKind.List ? ":0" : ":…");
            unreadable.Add(setting.Name);
            faults.Add($"{setting.Name} is a list: write its entries one by one, the first as {first}, in the environment "
                + $"{Setting.InEnvironment(first)}.");
        }
    }

    void JudgeValue(Setting setting, string? value)
    {
        // A file of settings may say null.
        if (value is null || (value.Trim().Length == 0 && setting.Kind is not SettingKind.Text))
            overlay[setting.Name] = Default(setting);
        else if (setting.ProblemWith(value) is { } problem)
        {
            unreadable.Add(setting.Name);
            faults.Add($"{setting.Name} {problem}");
            // Any text can be bound, and settings that depend on it are checked against the text as it was meant.
            if (setting.Kind is not SettingKind.Text)
                overlay[setting.Name] = Default(setting);
        }
        else if (setting.Canonical(value) is var canonical && canonical != value)
            overlay[setting.Name] = canonical;
    }

    static string Default(Setting setting) => setting.Canonical(setting.Default);

    void JudgeForeign(WrittenSetting written, string[] parts)
    {
        var near = catalogue.NearestRoot(parts[0]);
        switch (written.Source)
        {
            // We ignore the variables of other programs, but a name and a notation this close to ours is meant for us.
            case SettingSource.Environment when near is null || (parts.Length == 1 && catalogue.Find(near) is null):
                return;
            case SettingSource.File when near is null && (parts.Length != 2 || !HasLeaf(parts[1])):
                notices.Add($"{written.Name} is in a file of settings, but nothing reads it.");
                return;
            default:
                AddUnknown(written, "");
                return;
        }
    }

    // Other programs read SLACK_BOT_TOKEN, or have their name before all of their variables, and .NET reads Slack__BotToken. Without this
    // notice, nobody sees that the first has no effect.
    void NoticeSingleUnderscores(List<WrittenSetting> written)
    {
        var settings = catalogue.All.ToDictionary(setting => Letters(setting.Name));
        foreach (var each in written.Where(each =>
            each is { Source: SettingSource.Environment, Value.Length: > 0 } && IsOfOtherForm(each.Name)))
            if (settings.TryGetValue(WithoutProgram(Letters(each.Name)), out var meant)
                && !written.Exists(other => other.Value is { Length: > 0 }
                    && other.Name.Equals(meant.Name, StringComparison.OrdinalIgnoreCase)))
                notices.Add($"{Setting.InEnvironment(each.Name)} in the environment is not read: BotDispatch reads "
                    + $"{Setting.InEnvironment(meant.Name)}.");
    }

    static bool IsOfOtherForm(string name) =>
        name.Contains('_', StringComparison.Ordinal) || name.StartsWith(Program, StringComparison.OrdinalIgnoreCase);

    static string WithoutProgram(string letters) =>
        letters.StartsWith(Program, StringComparison.Ordinal) ? letters[Program.Length..] : letters;

    static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    bool HasLeaf(string leaf) => catalogue.All.Any(each => each.Name.EndsWith(":" + leaf, StringComparison.OrdinalIgnoreCase));

    void AddUnknown(WrittenSetting written, string otherwise)
    {
        var parts = written.Name.Split(':');
        var root = catalogue.NearestRoot(parts[0]);
        var meant = parts.Length > 2 && catalogue.NearestSubsection(parts) is { } subsection ? catalogue.Nearest($"{subsection}:{parts[2]}")
            ?? subsection
            : catalogue.Nearest(parts.Length > 1
            ? $"{(catalogue.Sections.Contains(parts[0], StringComparer.OrdinalIgnoreCase) ? parts[0] : root ?? parts[0])}:{parts[1]}"
            : parts[0]) ?? root;
        faults.Add($"{written.Name} is not a setting of BotDispatch{(meant is null ? otherwise + "." : $": did you mean {meant}?")}");
    }

    string Among(string section) =>
        $"{section} has " + string.Join(", ", catalogue.All.Select(each => each.Name)
            .Where(name => name.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).Select(name => name[(section.Length + 1)..].Split(':')[0]).Distinct());
}
