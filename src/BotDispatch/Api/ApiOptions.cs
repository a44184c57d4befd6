using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Api;

/// <summary>How programs start dispatches. Section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    /// <summary>
    /// The place of the threads of dispatches for which no place is named, written as in <c>Chat:MirrorTo</c>. Empty in Development: the
    /// playground.
    /// </summary>
    public string Channel { get; set; } = "";
}

/// <summary>Stops the process at its start if the place cannot be read.</summary>
internal sealed class ApiOptionsValidator(IPlaceReader places) : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        options.Channel.Length == 0 || places.Read(options.Channel) is not null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Api:Channel {MachinePlaces.HowToWrite}");
}

/// <summary>Finds the places in which the dispatches of programs are shown.</summary>
internal sealed class MachinePlaces(IOptions<ApiOptions> options, IPlaceReader reader, IEnumerable<IChatPlatform> platforms)
{
    // Exists in Development only, where it can be read without a setting.
    const string Playground = "playground:operations";

    public const string HowToWrite =
        "must be a channel: its link in Teams, https://app.slack.com/client/T…/C… as the browser shows it, or slack:T…/C…";

    /// <summary>Returns the place, or why there is none, as a sentence that begins with the name of the field.</summary>
    /// <param name="written">The place as it was written; null for the default.</param>
    public (ChatChannel? Place, string Mistake) Find(string? written)
    {
        var wanted = written ?? (options.Value.Channel.Length > 0 ? options.Value.Channel : Playground);
        if (reader.Read(wanted) is not { } place)
            return (null, written is null ? "must be named, because there is no default (setting Api:Channel)." : $"{HowToWrite}.");
        return platforms.Any(each => each.Name == place.Platform && each.IsSetUp)
            ? (place, "")
            : (null, $"is a channel of {Words.OfChat(place.Platform)}, which is not set up.");
    }
}
