using System.Text;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>One call: its order, its present state, and what was true of it earlier.</summary>
internal sealed class Call(Order order, DateTimeOffset createdAt)
{
    const int MomentsKept = 500;
    const decimal PricePerSecond = 0.0008m;

    readonly StringBuilder tones = new();
    readonly Queue<CallMoment> moments = new();
    readonly List<Sighting> sightings = [];

    public string TrackingId { get; } = Guid.NewGuid().ToString();
    public string MessageId { get; } = Guid.NewGuid().ToString();
    public Order Order { get; } = order;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public CallFlow Flow { get; set; } = null!;
    public string Status { get; private set; } = Wire.Status.Queued;
    public DateTimeOffset StatusAt { get; private set; } = createdAt;
    public DateTimeOffset? AnsweredAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string AnsweredBy { get; private set; } = "UNKNOWN";
    public string Tones => tones.ToString();
    public bool IsOver => EndedAt is not null;
    public int TimesNotFound { get; set; }

    /// <summary>The webhooks of one call leave one after the other, and so do its requests for plans.</summary>
    public Task WebhooksSoFar { get; set; } = Task.CompletedTask;
    public Task QuestionsSoFar { get; set; } = Task.CompletedTask;

    /// <summary>The bodies of Ringing webhooks that a disorder switch delivers later.</summary>
    public string? HeldBack { get; set; }
    public string? Ringing { get; set; }

    public int Seconds => AnsweredAt is { } from && EndedAt is { } to ? (int)Math.Ceiling((to - from).TotalSeconds) : 0;
    public decimal Price => Seconds * PricePerSecond;

    public void Become(string status, DateTimeOffset now, bool over = false)
    {
        (Status, StatusAt) = (status, now);
        if (over) EndedAt = now;
        Note(now, CallMomentKind.Status, status);
        See(now);
    }

    public void Answered(string by, DateTimeOffset now) => (AnsweredAt, AnsweredBy) = (now, by);

    public void Tone(char key, DateTimeOffset now)
    {
        tones.Append(key);
        See(now);
    }

    public void Note(DateTimeOffset at, CallMomentKind kind, string text)
    {
        moments.Enqueue(new CallMoment(at, kind, text));
        if (moments.Count > MomentsKept) moments.Dequeue();
    }

    /// <summary>Returns what tracking knew at that moment; null if it did not know the call yet.</summary>
    public Sighting? SeenAt(DateTimeOffset at) => sightings.FindLast(sighting => sighting.At <= at);

    public CallSnapshot Snapshot() =>
        new(TrackingId, MessageId, Order.From, Order.To, Status, CreatedAt, AnsweredAt, EndedAt, AnsweredBy, Tones, [.. moments]);

    void See(DateTimeOffset now)
    {
        if (sightings.Count == MomentsKept) sightings.RemoveAt(0);
        sightings.Add(new Sighting(now, Status, StatusAt, Tones, AnsweredBy, Seconds, Price));
    }
}

/// <summary>What was true of a call from one moment on.</summary>
internal sealed record Sighting(DateTimeOffset At, string Status, DateTimeOffset StatusAt, string Tones, string AnsweredBy, int Seconds,
    decimal Price);
