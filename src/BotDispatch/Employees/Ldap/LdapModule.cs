using BotDispatch.Employees.File;
using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Ldap;

/// <summary>Registers the directory server, if one is set.</summary>
internal static class LdapModule
{
    extension(WebApplicationBuilder builder)
    {
        public void AddLdap()
        {
            builder.Services.AddOptionsWithValidateOnStart<LdapOptions, LdapOptionsValidator>().BindSection("Ldap");
            if (string.IsNullOrWhiteSpace(builder.Configuration["Ldap:Server"]))
                return;
            // The check of all settings makes it although those of the database may be wrong.
            builder.Services
                .AddSingleton(sp => new LdapDirectory(
                    sp.GetRequiredService<IOptions<LdapOptions>>(), sp.GetRequiredService<IOptions<EmployeesFileOptions>>(),
                    sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<LdapDirectory>>(), sp.GetService<CopyStore>))
                .AddSingleton<IEmployeeSource>(sp => sp.GetRequiredService<LdapDirectory>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<LdapDirectory>())
                .AddSingleton<IRefreshedSource>(sp => sp.GetRequiredService<LdapDirectory>());
        }
    }
}
