using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BotDispatch.Playground;

/// <summary>Helps while something is typed on the page: completions, people, and the spoken text of a call.</summary>
internal sealed class PlaygroundHints(
    ListCommands lists, Overview overview, IEmployeeDirectory directory, ITicketSource tickets, Languages languages,
    ISpeechPreview speech)
{
    /// <summary>Returns completions for the typed text.</summary>
    public async Task<IResult> SuggestAsync(string? typed, CancellationToken ct)
    {
        const string command = PlaygroundChat.Command;
        var text = (typed ?? "").TrimStart();
        if (text.Length == 0 || text[0] != '/' || text.Length > PlaygroundChat.LongestText)
            return Suggest([]);
        if (text.Length <= command.Length)
            return Suggest(command.StartsWith(text, StringComparison.OrdinalIgnoreCase)
                ? [new($"{command} ", command, "Phone people about a ticket until one accepts")]
                : []);
        if (!text.StartsWith($"{command} ", StringComparison.OrdinalIgnoreCase))
            return Suggest([]);
        var ways = await lists.SuggestAsync(PlaygroundPlatform.Channel, text[(command.Length + 1)..], ct);
        return Suggest([.. ways.Select(way => new SuggestionView($"{command} {way.Text}", way.Text, way.Help))]);
    }

    /// <summary>Returns the ids of the people whom the typed text may mean, the likeliest first.</summary>
    public async Task<IResult> FindPeopleAsync(string? typed, CancellationToken ct) => (typed ?? "").Length > PlaygroundChat.LongestText
        ? TypedResults.BadRequest()
        : TypedResults.Ok<IReadOnlyList<string>>(
            [.. (await overview.FindPeopleAsync(PlaygroundPlatform.Channel, typed ?? "", int.MaxValue, ct)).Select(each => each.Id.Value)]);

    /// <summary>Returns what a callee would hear, with the note as it is.</summary>
    public async Task<IResult> PreviewAsync(PreviewRequest request, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Ticket)
            || (await directory.ListAsync(ct)).FirstOrDefault(each => each.Id.Value == request.Employee) is not { } employee)
            return TypedResults.BadRequest();
        var ticket = !request.IsFreeText && await tickets.FindAsync(request.Ticket, ct) is FoundTicket.Found found
            ? found.Ticket
            : new Ticket(request.Ticket, request.Ticket, IsFreeText: true);
        var language = languages.For(employee).Tag;
        var (text, notSpoken) = speech.Preview(ticket, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(), language);
        return TypedResults.Ok(new PreviewView(text, language, notSpoken));
    }

    static Ok<IReadOnlyList<SuggestionView>> Suggest(IReadOnlyList<SuggestionView> list) => TypedResults.Ok(list);
}
