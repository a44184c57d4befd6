using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>
/// A ticket system with one ticket, in the shapes that its maker documents. What it stores, refuses, drops and loses is the same in every
/// system; only paths and JSON differ.
/// </summary>
internal abstract class PretendSystem : HttpMessageHandler
{
    /// <summary>The system's id of Priya Nair, and of somebody else.</summary>
    public const string Priya = "12", Eve = "44";

    readonly Lock gate = new();
    readonly List<(string Author, string Field, string Value)> journal = [];
    bool isWriting;

    /// <summary>The name of the system for people.</summary>
    public abstract string Name { get; }

    /// <summary>The section of its settings.</summary>
    public virtual string SettingsSection => $"Tickets:{GetType().Name["Pretend".Length..]}";

    /// <summary>What the path of every address begins with.</summary>
    public abstract string Root { get; }

    /// <summary>How its ticket is called.</summary>
    public abstract string Reference { get; }

    /// <summary>The settings by which it is asked.</summary>
    public abstract Dictionary<string, string> Settings { get; }

    /// <summary>The status of a new ticket, the one for an accepted ticket, and one that ends it.</summary>
    public abstract (string New, string Accepted, string Closed) Statuses { get; }

    /// <summary>Two priorities, the more urgent one first; null if the system has none.</summary>
    public abstract (string High, string Low)? Priorities { get; }

    /// <summary>Whether it says who closed a ticket.</summary>
    public virtual bool SaysWhoClosed => true;

    /// <summary>What the system says of a status that it refuses: its beginning.</summary>
    public virtual string RefusedStatus => $"{Name} kept the status {Statuses.New} and did not set {Statuses.Accepted}.";

    public string Title { get; private set; } = "Lift 2 is stuck";

    /// <summary>Its description in the system's own markup, where the system gives one.</summary>
    public string Description { get; init; } = "";

    public string Status { get; protected set; } = "";

    public string? Assignee { get; private set; }

    public string Priority { get; private set; } = "";

    /// <summary>A status, an assignee, a note that is asked for is dropped, although the answer says success.</summary>
    public bool KeepsStatus { get; set; }

    /// <summary>The status to which a workflow moves the ticket at once when we have set one; null without such a workflow.</summary>
    public string? MovesOnTo { get; set; }

    public bool KeepsAssignee { get; set; }

    public bool DropsNotes { get; set; }

    /// <summary>The ticket is there: 200. It was deleted or hidden: 404.</summary>
    public HttpStatusCode Ticket { get; set; } = HttpStatusCode.OK;

    /// <summary>How many answers to something that was written are lost after it was done.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>What comes in the place of a lost answer; null for a connection that breaks.</summary>
    public Func<HttpResponseMessage>? InsteadOfAnswer { get; set; }

    /// <summary>How many requests are answered in this way before anything is done.</summary>
    public (int Count, Func<HttpResponseMessage> Answer) Trouble { get; set; }

    /// <summary>Nothing is answered any more, and no connection breaks.</summary>
    public bool Hangs { get; set; }

    /// <summary>The account is still known, and everything else is answered with 403.</summary>
    public bool RefusesAll { get; set; }

    /// <summary>How many changes are refused with this status before they are done.</summary>
    public (int Count, HttpStatusCode Status) WritesToRefuse { get; set; }

    /// <summary>How many requests came.</summary>
    public int Asked { get; private set; }

    /// <summary>How often something was changed.</summary>
    protected int Changes { get; private set; }

    /// <summary>What was written, in order: each note, each field that changed.</summary>
    public IReadOnlyList<(string Author, string Field, string Value)> Journal
    {
        get
        {
            lock (gate)
                return [.. journal];
        }
    }

    public IReadOnlyList<string> Notes => [.. Journal.Where(each => each.Field == "note").Select(each => each.Value)];

    protected string? WhoClosed => journal.LastOrDefault(each => each.Field == "status").Author;

    protected bool IsClosed => Status == Statuses.Closed;

    /// <summary>Somebody changes the ticket on its page.</summary>
    public void Change(string by, string? status = null, string? assignee = null, string? priority = null, string? title = null)
    {
        lock (gate)
        {
            if (status is not null)
                Set(by, "status", status, value => Status = value);
            if (assignee is not null)
                Set(by, "assignee", assignee, value => Assignee = value);
            if (priority is not null)
                Set(by, "priority", priority, value => Priority = value);
            if (title is not null)
                Set(by, "title", title, value => Title = value);
        }
    }

    /// <summary>Somebody writes many comments.</summary>
    public void Discuss(int comments, int length)
    {
        lock (gate)
            for (var n = 0; n < comments; n++)
                Set("Eve Adams", "note", $"{n} {new string('x', length)}", _ => { });
    }

    /// <summary>The last notes, the last one first, as many as a request asks for.</summary>
    protected IEnumerable<string> Newest(Request request, string size) => Notes.Reverse().Take(Number(request, size));

    /// <summary>A number of a request's query.</summary>
    protected static int Number(Request request, string name) =>
        int.Parse(request.Query.TrimStart('?').Split('&').Single(each => each.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..]);

    /// <summary>Makes it a new ticket, once the system is made.</summary>
    public PretendSystem Begin()
    {
        (Status, Priority) = (Statuses.New, Priorities?.High ?? "");
        return this;
    }

    /// <summary>One request.</summary>
    /// <param name="Method">Its method.</param>
    /// <param name="Path">The path behind the root.</param>
    /// <param name="Query">The query, unescaped.</param>
    /// <param name="Body">The JSON that was sent.</param>
    /// <param name="IfNoneMatch">The ETag that was sent along.</param>
    protected sealed record Request(string Method, string Path, string Query, JsonNode? Body, string? IfNoneMatch);

    /// <summary>Answers a request; null for 404.</summary>
    protected abstract HttpResponseMessage? Answer(Request request);

    protected void SetStatus(string status)
    {
        isWriting = true;
        if (!KeepsStatus)
        {
            Set("BotDispatch", "status", status, value => Status = value);
            if (MovesOnTo is not null)
                Set("BotDispatch", "status", MovesOnTo, value => Status = value);
        }
    }

    protected void SetAssignee(string id)
    {
        isWriting = true;
        if (!KeepsAssignee)
            Set("BotDispatch", "assignee", id, value => Assignee = value);
    }

    protected void AddNote(string text)
    {
        isWriting = true;
        if (!DropsNotes)
            Set("BotDispatch", "note", text, _ => { });
    }

    protected static HttpResponseMessage Json(object body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };

    protected static HttpResponseMessage Status204 => new(HttpStatusCode.NoContent);

    /// <summary>A moment after every change, in the form of ISO 8601.</summary>
    protected string Moment => DateTimeOffset.UnixEpoch.AddYears(100).AddSeconds(Changes).ToString("yyyy-MM-ddTHH:mm:ssZ");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        if (Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        lock (gate)
        {
            Asked++;
            if (RefusesAll && !Checks.Any(request.RequestUri!.AbsolutePath.EndsWith))
                return new(HttpStatusCode.Forbidden);
            if (Trouble.Count > 0)
            {
                Trouble = Trouble with { Count = Trouble.Count - 1 };
                return Trouble.Answer();
            }
            if (WritesToRefuse.Count > 0 && IsWriting(request.Method, request.RequestUri!.AbsolutePath))
            {
                WritesToRefuse = WritesToRefuse with { Count = WritesToRefuse.Count - 1 };
                var refusal = Json(new { }, WritesToRefuse.Status);
                if (WritesToRefuse.Status is HttpStatusCode.MovedPermanently)
                    refusal.Headers.Location = new("/elsewhere", UriKind.Relative);
                return refusal;
            }
            isWriting = false;
            var uri = request.RequestUri!;
            var answer = Answer(new(request.Method.Method, uri.AbsolutePath[Root.Length..], Uri.UnescapeDataString(uri.Query), body,
                request.Headers.TryGetValues("If-None-Match", out var tags) ? tags.First() : null)) ?? Json(new { }, HttpStatusCode.NotFound);
            if (isWriting && AnswersToLose > 0)
            {
                AnswersToLose--;
                return InsteadOfAnswer?.Invoke() ?? throw new HttpRequestException(HttpRequestError.ResponseEnded);
            }
            return answer;
        }
    }

    // Where each system says who is asking.
    static readonly string[] Checks = ["/user", "/myself", "/users/me.json", "/sys_user", "/me"];

    // Jira is asked by POST, too.
    static bool IsWriting(HttpMethod method, string path) => method != HttpMethod.Get
        && !path.EndsWith("/bulkfetch", StringComparison.Ordinal) && !path.EndsWith("/search", StringComparison.Ordinal);

    void Set(string by, string field, string value, Action<string> set)
    {
        Changes++;
        set(value);
        journal.Add((by, field, value));
    }
}
