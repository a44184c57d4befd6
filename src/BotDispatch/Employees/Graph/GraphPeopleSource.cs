using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Graph;

/// <summary>
/// The members of a group of Microsoft Entra, also through groups in it, with email, telephone numbers and language, and what their
/// mailboxes say: time zone, automatic replies, working hours. Disabled accounts are left out.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/graph/api/group-list-transitivemembers: members of one kind only (<c>/microsoft.graph.user</c>) need the
/// header <c>ConsistencyLevel: eventual</c> and <c>$count=true</c>. An app that may not read users is answered with their ids alone, and
/// with status 200.
/// </remarks>
internal sealed partial class GraphPeopleSource(
    IHttpClientFactory clients, IOptions<GraphPeopleOptions> options, TimeProvider realTime, Func<TimeSpan, CancellationToken, Task> wait)
    : IPeopleSource
{
    const int MostPages = 50;
    const int MostMembers = 5000;
    const string Fields = "id,displayName,mail,userPrincipalName,mobilePhone,businessPhones,preferredLanguage,accountEnabled";

    GraphTokens? tokens;
    ImmutableDictionary<string, GraphMailbox> mailboxes = ImmutableDictionary<string, GraphMailbox>.Empty;

    public bool IsOn => options.Value.IsOn;

    public string Setting => "Employees:GraphGroup";

    public string Source => options.Value.GraphGroup.Trim();

    public TimeSpan Every => options.Value.GraphRefreshEvery;

    public async Task<PeopleAnswer> ListAsync(CancellationToken ct)
    {
        tokens ??= new(options.Value, clients, realTime);
        var graph = new GraphApi(tokens, clients, realTime, wait);
        var (members, because) = await MembersAsync(graph, ct);
        if (because is not null)
            return new PeopleAnswer.NotNow(because);
        ImmutableArray<string> notices = [.. members.Any(each => each.Field("accountEnabled") is null)
            ? ["numbers and disabled accounts cannot be seen, because the app lacks the application permission User.Read.All: add it to "
                + "the app and grant admin consent."]
            : Array.Empty<string>()];
        var enabled = members.Where(each => each.Field("accountEnabled") is not { ValueKind: JsonValueKind.False }).ToList();
        if (options.Value.GraphMailboxes)
        {
            var reading = new GraphMailboxes(graph, options.Value, realTime, mailboxes);
            (mailboxes, var more) = await reading.ReadAsync([.. enabled.Select(each => each.Text("id")!)], ct);
            notices = notices.AddRange(more);
        }
        return new PeopleAnswer.Everybody([.. enabled.Select(Person)], notices);
    }

    async Task<(List<JsonElement> Members, string? Because)> MembersAsync(GraphApi graph, CancellationToken ct)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var next = new Uri($"{options.Value.Root}/groups/{Uri.EscapeDataString(Source)}/transitiveMembers/microsoft.graph.user"
            + $"?$count=true&$top=999&$select={Fields}");
        for (var page = 0; page < MostPages; page++)
        {
            var address = next;
            var answer = await graph.AskAsync(() => new(HttpMethod.Get, address) { Headers = { { "ConsistencyLevel", "eventual" } } }, ct);
            if (answer is not GraphAnswer.Content(var body))
                return ([], WordsFor(answer));
            if (body.Field("value") is not { ValueKind: JsonValueKind.Array } list)
                return ([], "because Employees:GraphBaseAddress answers without a list of members");
            foreach (var each in list.EnumerateArray())
            {
                if (each.Name("id") is not { } id)
                    return ([], "because Employees:GraphBaseAddress answers with a member without an id");
                if (each.Name("displayName") is null && each.Name("userPrincipalName") is null)
                    return ([], "because the app lacks the application permission User.Read.All, so members have no names: add it to the "
                        + "app and grant admin consent");
                members[id] = each;
            }
            if (members.Count > MostMembers)
                break;
            if (body.Field("@odata.nextLink") is not { } link)
                return ([.. members.Values], null);
            if (!Uri.TryCreate(link.AsText(), UriKind.Absolute, out var target) || !IsSameServer(target))
                return ([], "because the next page is at another server, to which the token is not sent");
            next = target;
        }
        return ([], $"because it has more than {MostMembers} members, or too many pages");
    }

    bool IsSameServer(Uri target) => Uri.Compare(target, options.Value.GraphBaseAddress, UriComponents.SchemeAndServer,
        UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    static string WordsFor(GraphAnswer answer) => answer switch
    {
        GraphAnswer.NotNow(var because) => because,
        GraphAnswer.Refused { Status: 401 } => "because Microsoft Graph does not accept the app's token: Employees:GraphBaseAddress and "
            + "Employees:GraphTokenAddress must be of one cloud",
        GraphAnswer.Refused { Status: 403 } => "because the app lacks the application permission GroupMember.Read.All, or User.Read.All: "
            + "add both to the app and grant admin consent",
        GraphAnswer.Refused { Status: 404 } => "because there is no group with that object id in the tenant of Employees:GraphTenantId",
        GraphAnswer.Refused(var status) => $"because Microsoft Graph answers with status {status}",
        _ => "because Microsoft Graph does not answer",
    };

    FoundPerson Person(JsonElement user)
    {
        var id = user.Text("id")!;
        var mailbox = mailboxes.GetValueOrDefault(id);
        string?[] phones = [user.Name("mobilePhone"), .. user.List("businessPhones").Select(each => each.AsText())];
        return new(
            id, Filled(user.Text("displayName")) ?? user.Text("userPrincipalName")!,
            Email(user.Text("mail")) ?? Email(user.Text("userPrincipalName")),
            [.. phones.Where(each => Filled(each) is not null).OfType<string>()],
            Language(user.Text("preferredLanguage")) ?? Language(mailbox?.Language), mailbox?.TimeZone)
        {
            Hours = mailbox?.Hours,
            Away = mailbox?.Away ?? [],
        };
    }

    // The user principal name of a guest is no address: ann_example.org#EXT#@example.onmicrosoft.com.
    static string? Email(string? text) => Filled(text) is { } email && EmailAddress().IsMatch(email) ? email : null;

    // Nobody is left out for a language that nobody can read.
    static string? Language(string? text) => Filled(text) is { } tag && LanguageTag().IsMatch(tag) ? tag : null;

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"^[^@\s#]+@[^@\s#]+$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
