using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>
/// Where dispatches may be shown besides the place where they began: always (<c>Chat:MirrorTo</c>), or if somebody asks for it
/// (<c>Chat:AlsoIn</c>).
/// </summary>
internal sealed class MirrorOptions
{
    /// <summary>The places as written, each with its setting.</summary>
    public IReadOnlyList<WrittenPlace> Places { get; internal set; } = [];

    /// <summary>Reads the section <c>Chat</c>. Each of the two settings is one place, a list of places, or places by their names.</summary>
    public static IReadOnlyList<WrittenPlace> Read(IConfigurationSection chat) =>
        [.. Read(chat.GetSection("MirrorTo"), isByRule: true), .. Read(chat.GetSection("AlsoIn"), isByRule: false)];

    static IEnumerable<WrittenPlace> Read(IConfigurationSection setting, bool isByRule) =>
        from each in setting.Value is { Length: > 0 } ? [setting] : setting.GetChildren()
        let name = each == setting || each.Key.All(char.IsAsciiDigit) ? "" : PlainWords.OneLine(each.Key)
        // An empty value is an empty default.
        where each.Value is not "" || name.Length > 0
        select new WrittenPlace(each.Path, name, each.Value ?? "", isByRule);
}

/// <summary>One place from the settings.</summary>
/// <param name="Setting">The name of the setting.</param>
/// <param name="Name">The place's name; empty for the name of its chat.</param>
/// <param name="Written">The value of the setting.</param>
/// <param name="IsByRule">Every dispatch is shown there.</param>
internal sealed record WrittenPlace(string Setting, string Name, string Written, bool IsByRule);

/// <summary>Stops the process at its start if a place cannot be read, two have the same name, or there are too many.</summary>
internal sealed class MirrorOptionsValidator(IPlaceReader reader) : IValidateOptions<MirrorOptions>
{
    const int MostName = 60;

    /// <summary>How many places a dialog offers at most: a card of Teams has little room beside people and words.</summary>
    public const int MostOffered = 10;

    public ValidateOptionsResult Validate(string? name, MirrorOptions options)
    {
        var wrong = Wrong(options.Places).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    IEnumerable<string> Wrong(IReadOnlyList<WrittenPlace> places)
    {
        foreach (var each in places.Where(each => reader.Read(each.Written) is null))
            yield return $"{each.Setting} must be a channel: its link in Teams, https://app.slack.com/client/T…/C… as the browser shows "
                + "it, or slack:T…/C…";
        foreach (var each in places.Where(each => each.Name.Length > MostName))
            yield return $"{each.Setting} has a name of more than {MostName} characters: dialogs show no more.";
        foreach (var same in places.Where(each => each.Name.Length > 0).GroupBy(each => each.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1))
            yield return $"{string.Join(" and ", same.Select(each => each.Setting))} have the same name: give each place a name of "
                + "its own.";
        if (places.Count(each => each.IsByRule) > Decider.MostMirrors)
            yield return $"Chat:MirrorTo names more than {Decider.MostMirrors} places: no dispatch is shown in more.";
        if (places.Count(each => !each.IsByRule) > MostOffered)
            yield return $"Chat:AlsoIn names more than {MostOffered} places: dialogs show no more.";
    }
}
