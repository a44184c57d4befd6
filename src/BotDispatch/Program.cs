using BotDispatch.Alerts;
using BotDispatch.Api;
using BotDispatch.Chat;
using BotDispatch.Dispatching;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Graph;
using BotDispatch.Employees.Ldap;
using BotDispatch.Employees.Lists;
using BotDispatch.Hosting;
using BotDispatch.Slack;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Tickets;
using BotDispatch.Voice.Routee;

return await AppRunner.RunAsync(args, Build, Map);

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = [.. args, SettingsFile.ReadOnce], ContentRootPath = ContentRoot.Find() });
    builder.AddSettings();                                              // as people write them; everything that is wrong is said at once
    builder.AddDevelopment();                                           // the playground and a pretend Routee, never in Production
    builder.AddHosting();
    builder.Services.AddStorage().AddDispatching();                     // decide, commit, look after lanes
    builder.AddLdap();
    builder.Services.AddGraphPeople();
    builder.Services.AddChat().AddEmployeesFile().AddAvailability().AddLists().AddTickets();   // who asks, whom, for what
    builder.Services.AddSlack().AddTeams();                             // the chats
    builder.Services.AddRoutee();                                       // the telephone
    builder.Services.AddApi().AddAlerts();                              // programs and their alerts
    return builder.Build();
}

static void Map(WebApplication app)
{
    app.ServeUnderPublicPath();
    app.AnswerUnknownApi();
    app.MapHealth();
    app.MapRoutee();
    app.MapSlack();
    app.MapTeams();
    app.MapApi();
    app.MapAlerts();
    app.MapDevelopment();
}
