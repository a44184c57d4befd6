using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Lists;
using BotDispatch.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Hosting;

/// <summary>What <c>--check</c> says of people while settings have faults.</summary>
public sealed class PeopleSummaryTests
{
    static readonly IConfiguration NoSettings = new ConfigurationBuilder().Build();

    [Fact]
    public async Task Each_source_whose_settings_have_a_fault_is_named_and_so_is_each_fault()
    {
        using var launch = new Launch().With(
            ("Ldap:Server", "ldap://127.0.0.1:1"), ("Ldap:Attributes:shoes", "shoeSize"),
            ("Employees:SlackGroup", "engineers"), ("Slack:BotToken", null), ("Slack:SigningSecret", null));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldContain(fault => fault.StartsWith("Ldap:Base"));
        ended.Faults.ShouldContain(fault => fault.StartsWith("Ldap:Attributes:shoes"));
        ended.Faults.ShouldContain(fault => fault.StartsWith("Employees:SlackGroup"));
        ended.Out.ShouldContain("Worth a look: Employees:SlackGroup: it was not asked, because a setting that it needs has a fault.");
        ended.Out.ShouldContain("Worth a look: Ldap:Server: it was not asked, because a setting that it needs has a fault.");
        ended.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OptionsValidationException))]
    public async Task Settings_of_people_that_cannot_be_read_are_left_out_of_the_report(Type kind)
    {
        var wrong = Wrong(kind);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new ManualClock())
            .AddSingleton<IOptions<EmployeesFileOptions>>(new Broken<EmployeesFileOptions>(wrong)).BuildServiceProvider();
        (await Summary(wrong).WriteAsync(NoSettings, services)).ShouldBeEmpty();
    }

    /// <summary>The faults of the settings are printed after this report, so it must not end the check.</summary>
    [Fact]
    public async Task A_report_of_people_that_fails_is_a_line_of_its_own_and_says_no_secret() =>
        (await Summary(new NotSupportedException("hush")).WriteAsync(NoSettings, new ServiceCollection().BuildServiceProvider())).ShouldBe(
            "Worth a look: Employees: the files of people, shifts and lists were not read (NotSupportedException).\n"
            + "Worth a look: Employees: the sources of people outside were not asked (InvalidOperationException).\n");

    static PeopleSummary Summary(Exception wrong) => new(
        new Broken<EmployeesFileOptions>(wrong), new Broken<ListOptions>(wrong), new Broken<AvailabilityOptions>(wrong), new ManualClock());

    static Exception Wrong(Type kind) => kind == typeof(OptionsValidationException)
        ? new OptionsValidationException("", typeof(object), ["hush"])
        : new InvalidOperationException("hush");

    sealed class Broken<T>(Exception wrong) : IOptions<T> where T : class
    {
        public T Value => throw wrong;
    }
}
