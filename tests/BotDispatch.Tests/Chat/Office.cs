using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Chat;

/// <summary>The chat's commands with the real engine behind them, and around them a directory and a ticket system that a test can empty, break or slow down.</summary>
internal sealed class Office
{
    public static readonly Person Dana = new("slack", "U0DANA", "Dana");
    public static readonly Person AnnInChat = new("slack", "ann@example.com", "Ann");
    public static readonly ChatChannel Ops = new("slack", "C0OPS");

    readonly EphemeralDataProtectionProvider keys = new();

    public Office()
    {
        Engine = EngineOnFile.Make(Clock);
        Platforms = [new Membered("slack", this), new Membered("teams", this)];
        Commands = MakeCommands();
    }

    public IReadOnlyList<IChatPlatform> Platforms { get; }

    public ManualClock Clock { get; } = new();
    public DispatchEngine Engine { get; }
    public Shelf Tickets { get; } = new();
    public Staff People { get; } = new();
    public ToMend Notices { get; } = new();
    public PretendLists NamedLists { get; } = new();
    public AccessOptions Access { get; } = new();
    public PolicyOptions Policy { get; } = new();
    public ChatCommands Commands { get; private set; }
    public DirectoryQueries Lookups { get; private set; } = null!;
    public DispatchStarting Starting { get; private set; } = null!;
    public FormSubmitting Submitting { get; private set; } = null!;
    public FormRedrawing Redrawing { get; private set; } = null!;
    public PressHandler Presses { get; private set; } = null!;
    public Overview Overview { get; private set; } = null!;
    public ListCommands Lists { get; private set; } = null!;
    public Workload Workload { get; private set; } = null!;
    public ScheduleCommands Schedules { get; private set; } = null!;

    /// <summary>Who may be called when; taken over by <see cref="Restart"/>.</summary>
    public IAvailability? Availability { get; set; }
    public IScheduleView? Schedule { get; set; }
    public IAbsences? Absences { get; set; }
    public ChatChannel Where { get; set; } = Ops;
    public Func<Person, Task<string?>> EmailOf { get; set; } = _ => Task.FromResult<string?>(null);

    /// <summary>Where it can be shown as well; taken over by <see cref="Restart"/>.</summary>
    public IReadOnlyList<WrittenPlace> Places { get; set; } = [];
    public Func<string, bool> IsSingleTenant { get; set; } = _ => true;
    public Func<ChatChannel, Person, Task<Membership>> MemberOf { get; set; } = (_, person) => Task.FromResult<Membership>(new Membership.Is(person));

    /// <summary>The process ends and begins again: only the keys are kept.</summary>
    public void Restart() => Commands = MakeCommands();

    public Task<ChatReply> Type(string text, Person? who = null) => Commands.CommandAsync(who ?? Dana, Where, text, new Delivery(Guid.NewGuid().ToString()), CancellationToken.None);

    public async Task<string> TypeAndRead(string text, Person? who = null) => (await Type(text, who)).ShouldBeOfType<ChatReply.Private>().Text;

    public async Task<DispatchForm> Open(string text) => (await Type(text)).ShouldBeOfType<ChatReply.OpenForm>().Form;

    public Task<ChatReply> Send(DispatchForm form, string[]? picked = null, string? note = null, Person? who = null) => Submitting.SubmitAsync(
        new(form.FormId, who ?? Dana, Where, form.Ticket.Reference, [.. (picked ?? ["ann"]).Select(id => new EmployeeId(id))], note, form.Replaces, form.Ticket.Link), CancellationToken.None);

    public async Task<DispatchId> Start(string text, params string[] picked) =>
        (await Send(await Open(text), picked.Length == 0 ? null : picked)).ShouldBeOfType<ChatReply.Started>().Dispatch;

    public Task<ChatReply> Press(DispatchId dispatch, CardAction action, Person? who = null, int callee = 0, int round = 1) =>
        Presses.HandleAsync(new(who ?? Dana, Where, dispatch, action, callee, round, new(Guid.NewGuid().ToString())), CancellationToken.None);

    public async Task<string> PressAndRead(DispatchId dispatch, CardAction action, Person? who = null, int callee = 0, int round = 1) =>
        (await Press(dispatch, action, who, callee, round)).ShouldBeOfType<ChatReply.Private>().Text;

    public async Task<DispatchState> State(DispatchId dispatch) => (await Engine.FindAsync(dispatch, CancellationToken.None)).ShouldNotBeNull();

    /// <summary>The current person's phone is answered and a key pressed.</summary>
    public async Task PressKey(DispatchId dispatch, string key)
    {
        var attempt = Agenda.CallToPlace(await State(dispatch)).ShouldNotBeNull();
        await Engine.ApplyAsync(dispatch, new DispatchInput.BeginCall(attempt, new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90))), CancellationToken.None);
        await Engine.ApplyAsync(dispatch, new DispatchInput.KeysPressed(attempt, key), CancellationToken.None);
        await Engine.ApplyAsync(dispatch, new DispatchInput.LegProgressed(attempt, new(LegStatus.Completed)), CancellationToken.None);
    }

    ChatCommands MakeCommands()
    {
        var lookups = new DirectoryQueries(Tickets, People, Platforms, Clock, NullLogger<DirectoryQueries>.Instance);
        var links = new EmployeeLinks(lookups);
        var access = new Access(Options.Create(Access), lookups, links, NullLogger<Access>.Instance);
        var speech = new PretendSpeech();
        var languages = new Languages(speech, Options.Create(new LanguageOptions()));
        var subjects = new TicketResolver(lookups);
        var ids = new FormIds(keys, Clock);
        var drawing = new FormDrawing(ids, languages, speech, [Notices], People);
        var tenancy = new Tenancy(Platforms);
        Workload = new Workload(Engine, tenancy, Clock, Availability);
        var memberships = new Memberships(Platforms);
        var places = new MirrorPlaces(Options.Create(new MirrorOptions { Places = Places }), new PretendPlaces(), tenancy, memberships);
        Lookups = lookups;
        var planning = new ListPlanning(NamedLists, places, languages, Platforms, Clock);
        Starting = new DispatchStarting(Engine, lookups, languages, Options.Create(Policy), places, planning);
        Submitting = new FormSubmitting(Engine, ids, access, lookups, subjects, tenancy, Starting);
        Redrawing = new FormRedrawing(Engine, ids, lookups, subjects, drawing, places, Workload, planning);
        Schedules = new ScheduleCommands(lookups, links, new NamedPeople(links), planning, Clock, Schedule, [Notices]);
        Overview = new Overview(Workload, lookups, drawing, [Notices], Schedules);
        var opening = new FormOpening(Engine, drawing, tenancy, places, Workload, planning);
        Presses = new PressHandler(Engine, access, lookups, subjects, links, opening, tenancy, planning);
        var finder = new DispatchFinder(Engine, lookups, Workload, tenancy);
        Lists = new ListCommands(finder, Workload, lookups, Overview, planning, Schedules);
        var opens = new OpenCommands(
            lookups, access, subjects, new NamedPeople(links), opening, Overview, planning, new ListStarting(access, Starting, tenancy, planning));
        return new(
            lookups, opens, Lists, finder, Presses,
            new Mirroring(Engine, access, places), new AbsenceCommands(lookups, links, new NamedPeople(links), Platforms, Absences),
            Schedules);
    }

    /// <summary>A chat that only knows who is a member where, and their emails.</summary>
    sealed class Membered(string name, Office office) : IChatPlatform
    {
        public string Name => name;

        public bool IsSingleTenant => office.IsSingleTenant(name);

        public Task<string?> EmailOfAsync(Person person, CancellationToken ct) => office.EmailOf(person);

        public Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) => office.MemberOf(place, person);

        public Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct) => throw new NotSupportedException();

        public Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct) => throw new NotSupportedException();

        public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct) => throw new NotSupportedException();
    }

    /// <summary>A ticket system.</summary>
    internal sealed class Shelf : ITicketSource
    {
        public Dictionary<string, Ticket> Tickets { get; } = new(StringComparer.OrdinalIgnoreCase)
        {
            ["INC-1042"] = new("INC-1042", "Lift 2 is stuck"),
            ["INC-1099"] = new("INC-1099", "Till 4 is broken"),
            ["OPS-7"] = new("OPS-7", "Backup failed"),
        };

        public Task<FoundTicket>? Instead { get; set; }

        public Func<string, string?> Recognise { get; set; } = _ => null;

        public string? ReferenceIn(string text) => Recognise(text);

        public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) => Instead
            ?? Task.FromResult<FoundTicket>(Tickets.TryGetValue(reference, out var ticket) ? new FoundTicket.Found(ticket) : new FoundTicket.Unknown());

        public Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<Ticket>>([.. Tickets.Values.Where(each => $"{each.Reference} {each.Title}".Contains(typed, StringComparison.OrdinalIgnoreCase)).Take(most)]);
    }

    /// <summary>What an administrator has to mend.</summary>
    internal sealed class ToMend : INoticeSource
    {
        public List<string> All { get; } = [];

        public bool IsAboutPeople { get; init; } = true;

        public IReadOnlyList<string> Notices() => All;
    }

    /// <summary>A directory.</summary>
    internal sealed class Staff : IEmployeeDirectory
    {
        public List<Employee> List { get; } =
        [
            new(new("ann"), "Ann Lee", "ann@example.com", "+447700900101", "en-GB", "Europe/London", ["lifts", "electrics"]),
            new(new("bob"), "Bob Reed", "bob@example.com", "+447700900102", "de-DE", "Europe/Berlin", []),
            new(new("cleo"), "Cleo Reed", "cleo@example.com", "+447700900103", "tlh", "Europe/Berlin", []),
            new(new("tom"), "Tom Okafor", "tom@example.com", null, "en-GB", "Europe/London", [], "No phone number in the directory."),
        ];

        public Task<IReadOnlyList<Employee>>? Instead { get; set; }

        /// <summary>What is wrong with its sources.</summary>
        public List<string> Unread { get; } = [];

        public IReadOnlyList<string> Troubles => Unread;

        public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct) => Instead ?? Task.FromResult<IReadOnlyList<Employee>>([.. List]);
    }
}
