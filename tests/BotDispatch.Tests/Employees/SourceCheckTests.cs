using BotDispatch.Employees.File;
using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees;

/// <summary>What <c>--check</c> says of the sources outside.</summary>
public sealed class SourceCheckTests
{
    readonly ManualClock clock = new();

    [Fact]
    public async Task Each_source_says_how_many_people_it_has_and_what_is_missing_and_nobody_is_named()
    {
        var (answers, notices) = await CheckAsync(
            new Source("Employees:GraphGroup", new PeopleAnswer.Everybody(
                [new("1", "Ann Lee", "ann@example.com", ["+442079460001"], null, null), new("2", "Bob Adams", null, ["ask Tom"], null, null)],
                ["numbers cannot be seen, because the app lacks the application permission User.Read.All."])),
            new Source("Employees:SlackGroup", new PeopleAnswer.NotNow("because the app lacks the scope usergroups:read")));
        answers.ShouldBe(["Employees:GraphGroup: 2 people, 1 of them can be called", "Employees:SlackGroup: 0 people, 0 of them can be called"]);
        notices.ShouldContain("Employees:GraphGroup: numbers cannot be seen, because the app lacks the application permission User.Read.All.");
        notices.ShouldContain("Employees:SlackGroup: people cannot be read, because the app lacks the scope usergroups:read; nobody could be read from it yet.");
        string.Join('\n', answers.Concat(notices)).ShouldNotContain("Ann Lee");
    }

    [Fact]
    public async Task A_source_that_does_not_answer_or_breaks_holds_nothing_up_for_long()
    {
        var checking = CheckAsync(new Source("Employees:GraphGroup", null), new Source("Employees:SlackGroup", null, Breaks: true));
        clock.Advance(TimeSpan.FromSeconds(30));
        var (answers, notices) = await checking;
        answers.ShouldBe(["Employees:GraphGroup: no answer", "Employees:SlackGroup: no answer"]);
        notices.ShouldBe(["Employees:GraphGroup: it does not answer within 30 s.", "Employees:SlackGroup: asking it failed (InvalidOperationException)."]);
    }

    [Fact]
    public async Task A_source_whose_settings_have_a_fault_is_named_and_the_others_are_asked()
    {
        var (answers, notices) = await CheckAsync(
            new Source("Employees:GraphGroup", null) { Wrong = new OptionsValidationException("", typeof(object), ["hush"]) },
            new Source("Employees:SlackGroup", new PeopleAnswer.Everybody([new("1", "Ann Lee", null, ["+442079460001"], null, null)], [])),
            new Source("Employees:OtherGroup", null) { Wrong = new InvalidOperationException("hush") });
        answers.ShouldBe(
        [
            "Employees:GraphGroup: not asked", "Employees:SlackGroup: 1 person, 1 of them can be called", "Employees:OtherGroup: not asked",
        ]);
        notices.ShouldBe(
        [
            "Employees:GraphGroup: it was not asked, because a setting that it needs has a fault.",
            "Employees:OtherGroup: it was not asked, because a setting that it needs has a fault.",
        ]);
    }

    [Fact]
    public async Task A_cancellation_inside_a_source_does_not_end_the_asking()
    {
        var source = new Cancelling();
        using var refresh = new SourceRefresh(
            new([], Options.Create(new EmployeesFileOptions()), clock, NullLogger<RemotePeople>.Instance, () => null), [source], clock);
        await refresh.StartAsync(default);
        await Task.WhenAny(source.IsAskedAgain.Task, refresh.ExecuteTask!);
        source.IsAskedAgain.Task.IsCompletedSuccessfully.ShouldBeTrue();
        source.Logged.ShouldBe(["TaskCanceledException", "TaskCanceledException"]);
        await refresh.StopAsync(default);
    }

    Task<(IReadOnlyList<string> Answers, IReadOnlyList<string> Notices)> CheckAsync(params IPeopleSource[] sources)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddSingleton(Options.Create(new EmployeesFileOptions { DefaultRegion = "GB" }));
        foreach (var source in sources)
            services.AddSingleton(source);
        return SourceCheck.AskAllAsync(services.BuildServiceProvider());
    }

    /// <summary>Its first two answers are cancelled, but not by the one who asks.</summary>
    sealed class Cancelling : IRefreshedSource
    {
        int asked;

        public TaskCompletionSource IsAskedAgain { get; } = new();
        public List<string> Logged { get; } = [];
        public string Name => "x";
        public TimeSpan Every => TimeSpan.Zero;
        public bool IsInTrouble => false;

        public async Task RefreshAsync(CancellationToken ct)
        {
            if (Interlocked.Increment(ref asked) <= 2)
                throw new TaskCanceledException();
            IsAskedAgain.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }

        public void LogFailure(string exception) => Logged.Add(exception);

        public System.Collections.Immutable.ImmutableArray<BotDispatch.Core.Employee> Read() => [];

        public IReadOnlyList<string> Notices() => [];
    }

    sealed record Source(string Setting, PeopleAnswer? Answer, bool Breaks = false) : IPeopleSource
    {
        public Exception? Wrong { get; init; }

        public bool IsOn => Wrong is null ? true : throw Wrong;

        string IPeopleSource.Source => "x";

        public TimeSpan Every => TimeSpan.FromMinutes(15);

        public async Task<PeopleAnswer> ListAsync(CancellationToken ct)
        {
            if (Breaks)
                throw new InvalidOperationException("Ann Lee");
            if (Answer is null)
                await Task.Delay(Timeout.Infinite, ct);
            return Answer!;
        }
    }
}
