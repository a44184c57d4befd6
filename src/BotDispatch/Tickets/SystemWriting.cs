using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets;

/// <summary>Writes into one ticket system. Nothing is sent twice by itself, because a note that is sent twice stands there twice.</summary>
internal sealed partial class SystemClient
{
    /// <summary>How soon something that was not written is tried again, if the system does not say.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>How soon something is tried again that met a change by somebody else.</summary>
    static readonly TimeSpan AfterConflict = TimeSpan.FromSeconds(1);

    const int LongestReason = 200;

    // Apart from the outage of the whole system, because other questions are answered while searches are refused.
    readonly Outage searching = new();

    static readonly string[] ReasonFields = ["errors", "errorMessages", "error", "message", "description", "detail", "details"];

    // Jira, Zendesk and GitLab name the fields that are wrong in these, and say below each what is wrong with it.
    static readonly string[] ByField = ["errors", "details", "message"];

    /// <summary>Sends JSON to an address below the API's root.</summary>
    /// <param name="method">PUT, POST or PATCH.</param>
    /// <param name="pathAndQuery">The address.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public Task<SystemAnswer> SendAsync(HttpMethod method, string pathAndQuery, JsonNode body, CancellationToken ct) =>
        NotedAsync(() => SendOnceAsync(method, pathAndQuery, body, ct));

    async Task<SystemAnswer> SendOnceAsync(HttpMethod method, string pathAndQuery, JsonNode body, CancellationToken ct)
    {
        var address = new Uri(account.ApiRoot, pathAndQuery);
        using var request = new HttpRequestMessage(method, address);
        request.Content = new StringContent(SafeJson.Write(body), Encoding.UTF8, "application/json");
        account.Authorize(request.Headers);
        Attempt.SetBudget(request, Timeout);
        return await clients.SendAsync<SystemAnswer>(Client, request, (response, content) => JudgeWriting(response, content, address),
            failure => new SystemAnswer.Failed(failure.Because, IsUnsure: !failure.IsNeverSent), ct);
    }

    /// <summary>
    /// Asks a question that has to be sent as JSON. Whatever does not answer it is a failure or a refusal, which the log says, because
    /// nobody would notice otherwise that nothing can be read.
    /// </summary>
    /// <param name="pathAndQuery">The address.</param>
    /// <param name="body">The question.</param>
    /// <param name="list">The list that an answer has.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task<SystemAnswer> AskAsync(string pathAndQuery, JsonNode body, string list, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Post, pathAndQuery, body, ct);
        var because = answer switch
        {
            SystemAnswer.Failed or SystemAnswer.NotKnown => null,
            SystemAnswer.Content(var found) => found.Field(list) is { ValueKind: JsonValueKind.Array } ? null
                : $"its answer to a search has no {list}: {account.AddressSetting} may be the address of something else",
            SystemAnswer.Rejected(var status, var words) =>
                $"it answers a search with status {status}{(words.Length > 0 ? $" (“{words}”)" : "")}",
            SystemAnswer.Forbidden(var status) { Words: var words } =>
                $"it answers a search with status {status}{(words.Length > 0 ? $" (“{words}”)" : "")}",
            _ => $"nothing is found at {new Uri(account.ApiRoot, pathAndQuery).AbsolutePath}",
        };
        if (because is null)
        {
            if (answer is SystemAnswer.Content && searching.Ends())
                log.SystemAnswersAgain(account.Name, Host);
            return answer;
        }
        if (searching.IsNews(because))
            log.SystemUnavailable(account.Name, Host, because);
        return answer is SystemAnswer.Forbidden ? answer : new SystemAnswer.Failed(because);
    }

    /// <summary>Returns what follows from an answer to something that was written.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="what">What was written, for a sentence: <c>the note</c>.</param>
    /// <param name="permission">What an administrator gives to the account, as a whole sentence.</param>
    public TicketWritten Outcome(SystemAnswer answer, string what, string permission) => answer switch
    {
        SystemAnswer.Content => new TicketWritten.Done(),
        SystemAnswer.Rejected(_, var words) => new TicketWritten.Refused(
            $"{account.Name} refused {what}{(words.Length > 0 ? $" (“{words}”)" : "")}.", permission),
        SystemAnswer.Conflict(var words) => new TicketWritten.TryLater(
            $"{account.Name}: somebody else has just changed the ticket{(words.Length > 0 ? $" (“{words}”)" : "")}", AfterConflict),
        SystemAnswer.NotKnown => new TicketWritten.Refused(
            $"{account.Name} does not accept BotDispatch's credentials, so {what} was not written.",
            CredentialRemedy)
        { IsNotAdmitted = true },
        SystemAnswer.Forbidden { Words: var words } => new TicketWritten.Refused(
            $"{account.Name} does not let BotDispatch write {what}{(words.Length > 0 ? $" (“{words}”)" : "")}.", permission),
        SystemAnswer.Missing => new TicketWritten.Refused(
            $"{account.Name} has no such ticket any more, so {what} was not written.", ""),
        SystemAnswer.Failed { IsUnsure: true } failed =>
            new TicketWritten.Unsure($"{account.Name}: {failed.Because}", failed.After ?? Retry),
        SystemAnswer.Failed failed => new TicketWritten.TryLater($"{account.Name}: {failed.Because}", failed.After ?? Retry),
        _ => new TicketWritten.Unsure($"{account.Name}: its answer could not be read", Retry),
    };

    /// <summary>Returns what follows if something could not be read that has to be known before something else is written.</summary>
    /// <param name="answer">The answer to reading it.</param>
    /// <param name="read">What was read, for a sentence.</param>
    /// <param name="what">What was to be written, for a sentence.</param>
    /// <param name="permission">What an administrator gives to the account, as a whole sentence.</param>
    public TicketWritten Unreadable(SystemAnswer answer, string read, string what, string permission) =>
        Outcome(answer is SystemAnswer.Content ? new SystemAnswer.Failed($"{read} could not be read") : answer, what, permission);

    /// <summary>Writes a note and looks for it, because a system may say that it stored what it did not.</summary>
    /// <param name="write">Sends the note.</param>
    /// <param name="isThere">Looks for its mark; null if that cannot be read.</param>
    /// <param name="what">What is written, for a sentence: <c>the note</c>.</param>
    /// <param name="permission">What an administrator gives to the account, as a whole sentence.</param>
    public async Task<TicketWritten> WriteNoteAsync(
        Func<Task<SystemAnswer>> write, Func<Task<bool?>> isThere, string what, string permission)
    {
        var written = Outcome(await write(), what, permission);
        if (written is not TicketWritten.Done)
            return written;
        return await isThere() switch
        {
            true => written,
            false => new TicketWritten.Refused($"{account.Name} did not keep {what}, or does not show it to BotDispatch.", permission),
            null => new TicketWritten.Unsure($"{account.Name}: whether it kept {what} could not be read", Retry),
        };
    }

    /// <summary>Changes a ticket and reads it back, because a system may answer "done" to what it ignored.</summary>
    /// <param name="change">Sends the change.</param>
    /// <param name="readBack">Reads the ticket; null if it cannot be read.</param>
    /// <param name="isSo">Whether the ticket has what was asked for.</param>
    /// <param name="kept">What the ticket has instead, as the end of "It kept ...".</param>
    /// <param name="what">What is changed, for a sentence: <c>the status</c>.</param>
    /// <param name="remedy">What somebody can do about a refusal, as a whole sentence.</param>
    public async Task<TicketWritten> ChangeAsync(Func<Task<SystemAnswer>> change, Func<Task<JsonElement?>> readBack,
        Func<JsonElement, bool> isSo, Func<JsonElement, string> kept, string what, string remedy)
    {
        var written = Outcome(await change(), what, remedy);
        if (written is not TicketWritten.Done)
            return written;
        return await readBack() is not { } after ? new TicketWritten.Unsure($"{account.Name}: {what} could not be read back", Retry)
            : isSo(after) ? written : new TicketWritten.Refused($"{account.Name} kept {kept(after)}.", remedy);
    }

    SystemAnswer JudgeWriting(HttpResponseMessage response, byte[] body, Uri address)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and <= 299 => new SystemAnswer.Content(Parse(body) ?? default),
            // Zendesk, Jira and ServiceNow answer 409 to two changes of one ticket at the same moment, notes included.
            409 or 423 => new SystemAnswer.Conflict(ReasonIn(body)),
            400 or 405 or 412 or 415 or 422 => new SystemAnswer.Rejected(status, ReasonIn(body)),
            // GitHub redirects to the number of a repository that was renamed.
            301 or 302 or 303 or 307 or 308 when account.ProjectSetting is { } projects
                && OnSameServer(response.Headers.Location, address) is not null => new SystemAnswer.Rejected(status,
                $"it redirects what is written: {projects} must have the present name of the project, which was renamed or moved"),
            301 or 302 or 303 or 307 or 308 => new SystemAnswer.Rejected(status,
                $"it redirects what is written: {account.AddressSetting} must be the address of the system itself"),
            _ => Judge(response, body, address).Answer switch
            {
                // A gateway answers so after the system behind it has stored what was sent, whatever it says of limits and pauses.
                SystemAnswer.Failed failed when status >= 500 => failed with { IsUnsure = true },
                { } answer => answer,
                null => new SystemAnswer.Rejected(status, ""),
            },
        };
    }

    // Systems explain a refusal in fields of different names.
    static string ReasonIn(byte[] body)
    {
        if (Parse(body) is not { } json)
            return "";
        var found = new List<string>();
        Collect(json, 0);
        var words = string.Join("; ", found.Distinct()).ReplaceLineEndings(" ");
        return words.Length <= LongestReason ? words : words[..(LongestReason - 1)] + "…";

        void Collect(JsonElement element, int depth)
        {
            if (depth > 4 || found.Count > 4)
                return;
            if (element.ValueKind is JsonValueKind.String && SafeJson.TextOf(element) is { Length: > 0 } text)
                found.Add(text);
            else if (element.ValueKind is JsonValueKind.Array)
                foreach (var each in element.EnumerateArray())
                    Collect(each, depth + 1);
            else if (element.ValueKind is JsonValueKind.Object)
                foreach (var name in ReasonFields)
                    if (element.Field(name) is { } field)
                    {
                        Collect(field, depth + 1);
                        if (ByField.Contains(name))
                            CollectByField(field, depth + 1);
                    }
        }

        void CollectByField(JsonElement element, int depth)
        {
            if (element.ValueKind is JsonValueKind.Object)
                foreach (var property in element.EnumerateObject())
                    if (SafeJson.NameOf(property) is { } name && !ReasonFields.Contains(name))
                        Collect(property.Value, depth + 1);
        }
    }
}
